use super::{Format, Identity, JsonType, Literal, TypeSpec};

/// What may be said of a property besides its name, title and type.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Keyword {
    Description(&'static str),
    Format(Format),
    Example(Literal),
    Default(Literal),
    Identity(Identity),
    Namespace(&'static str),
    CustomType(&'static str),
    FutureDate,
    Hidden,
    /// `skip_serializing_if` stands on the field.
    MayBeSkipped,
    /// The members of the field's type stand in this row's place.
    Flattened,
    /// The field holds the external entity id.
    EntityId,
}

/// A property as the struct's field describes it.
///
/// Read it through [`SchemaProperty`](super::SchemaProperty), which knows what the row cannot:
/// whether an optional struct was flattened around it.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Row {
    pub(crate) name: &'static str,
    /// What leads to the value in a payload: `,"name":`
    pub(crate) lead: &'static str,
    pub(crate) title: &'static str,
    pub(crate) ty: &'static TypeSpec,
    keywords: &'static [(usize, Keyword)],
    /// Whether the value may be absent, whatever stands around the row.
    pub(crate) is_optional: bool,
    /// The members of the type stand in the row's place.
    pub(crate) is_flattened: bool,
    /// What a string in a payload is held to.
    pub(crate) judged: Judged,
}

/// What a string in a payload is held to: as much as its type leaves open.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Judged {
    /// Nothing: any string, or one that a type with its own format writes.
    Nothing,
    /// A written format.
    Format(Format),
    /// The year of a date type, which may have a sign or more than four digits.
    Year(Format),
    /// The values of an enum.
    Values,
}

/// The rows of an object, from columns: for each property what leads to its value and its title;
/// what else was written of it, by its index and in that order; its type.
///
/// The derive writes columns because that is what the compiler reads fastest: a row that is a
/// struct costs it more than all that the row says.
///
/// # Panics
///
/// If there are not `N` of each: a compile error.
#[must_use]
pub const fn rows<const N: usize>(
    texts: &[&'static str],
    keywords: &'static [(usize, Keyword)],
    types: &[&'static TypeSpec],
) -> [Row; N] {
    const EMPTY: Row = Row {
        name: "",
        lead: "",
        title: "",
        ty: &TypeSpec::new(JsonType::Object),
        keywords: &[],
        is_optional: false,
        is_flattened: false,
        judged: Judged::Nothing,
    };
    let mut rows = [EMPTY; N];
    let mut start = 0;
    let mut index = 0;
    while index < N {
        let mut end = start;
        while end < keywords.len() && keywords[end].0 == index {
            end += 1;
        }
        let keywords = keywords.split_at(end).0.split_at(start).1;
        rows[index] = Row::new(texts[2 * index], texts[2 * index + 1], types[index], keywords);
        start = end;
        index += 1;
    }
    rows
}

impl Row {
    const fn new(
        lead: &'static str,
        title: &'static str,
        ty: &'static TypeSpec,
        keywords: &'static [(usize, Keyword)],
    ) -> Self {
        let row = Self {
            name: lead.split_at(lead.len() - 2).0.split_at(2).1,
            lead,
            title,
            ty,
            keywords,
            is_optional: ty.optional,
            is_flattened: false,
            judged: Judged::Nothing,
        };
        let judged = match (row.written_format(), ty.format) {
            (Some(format), _) => Judged::Format(format),
            (None, Some(format)) if ty.loose => Judged::Format(format),
            (None, Some(format @ (Format::Date | Format::DateTime))) => Judged::Year(format),
            (None, _) if !ty.values.is_empty() => Judged::Values,
            (None, _) => Judged::Nothing,
        };
        Self {
            is_optional: ty.optional || row.has_flag(&Keyword::MayBeSkipped),
            is_flattened: row.has_flag(&Keyword::Flattened),
            judged,
            ..row
        }
    }

    const fn has_flag(&self, flag: &Keyword) -> bool {
        let mut at = 0;
        while at < self.keywords.len() {
            match (&self.keywords[at].1, flag) {
                (Keyword::MayBeSkipped, Keyword::MayBeSkipped)
                | (Keyword::Flattened, Keyword::Flattened) => return true,
                _ => at += 1,
            }
        }
        false
    }

    /// The type with the format that is written on the row.
    pub(crate) const fn resolved(&self) -> TypeSpec {
        TypeSpec { format: self.format(), ..*self.ty }
    }

    const fn written_format(&self) -> Option<Format> {
        let mut at = 0;
        while at < self.keywords.len() {
            if let Keyword::Format(format) = self.keywords[at].1 {
                return Some(format);
            }
            at += 1;
        }
        None
    }

    /// The written format, or the one that comes with the type.
    pub(crate) const fn format(&self) -> Option<Format> {
        match self.written_format() {
            Some(format) => Some(format),
            None => self.ty.format,
        }
    }

    /// The written examples; none where the type's own stands for them.
    pub(crate) fn examples(&self) -> impl Iterator<Item = Literal> + use<> {
        self.keywords.iter().filter_map(|(_, keyword)| match keyword {
            Keyword::Example(example) => Some(*example),
            _ => None,
        })
    }

    pub(crate) fn find<T>(&self, of: impl Fn(Keyword) -> Option<T>) -> Option<T> {
        self.keywords.iter().find_map(|(_, keyword)| of(*keyword))
    }
}

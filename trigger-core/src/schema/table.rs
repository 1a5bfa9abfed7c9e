use super::{Format, Identity, Literal, TypeSpec};

/// The properties of an object, by columns.
///
/// Columns, because that is what the compiler reads fastest: a row that is a struct costs it more
/// than all that the row says. The derive writes one text, one type and nothing else for a field
/// without attributes.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct Table {
    /// For each property what leads to its value in a payload, `,"name":`, and its title.
    texts: &'static [&'static str],
    types: &'static [&'static TypeSpec],
    /// What else was written, with the index of the property, in the order of those.
    keywords: Keywords,
    has_flattened: bool,
}

type Keywords = &'static [(usize, Keyword)];

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
    /// The field of this name holds the external entity id. With an index past the last property
    /// it is not in the payload.
    EntityId(&'static str),
}

/// One property of a table.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Row {
    /// `,"name":`
    pub(crate) lead: &'static str,
    pub(crate) title: &'static str,
    pub(crate) ty: &'static TypeSpec,
    keywords: Keywords,
}

impl Table {
    pub(crate) const EMPTY: Self = Self::new(&[], &[], &[]);

    /// A table of these columns.
    #[must_use]
    pub const fn new(
        texts: &'static [&'static str],
        types: &'static [&'static TypeSpec],
        keywords: &'static [(usize, Keyword)],
    ) -> Self {
        let mut has_flattened = false;
        let mut at = 0;
        while at < keywords.len() {
            has_flattened |= matches!(keywords[at].1, Keyword::Flattened);
            at += 1;
        }
        Self { texts, types, keywords, has_flattened }
    }

    pub(crate) const fn len(&self) -> usize {
        self.types.len()
    }

    pub(crate) const fn has_flattened(&self) -> bool {
        self.has_flattened
    }

    /// All keywords, with the indices of their properties.
    pub(crate) const fn keywords(&self) -> Keywords {
        self.keywords
    }

    pub(crate) const fn row(&self, index: usize) -> Row {
        self.row_after(index, 0).0
    }

    /// The row at `index`, and where the keywords of the next one start at the earliest, if those
    /// of this one start at `keyword` or later.
    pub(crate) const fn row_after(&self, index: usize, keyword: usize) -> (Row, usize) {
        let start = self.first_keyword(keyword, index);
        let end = self.first_keyword(start, index + 1);
        let row = Row {
            lead: self.texts[2 * index],
            title: self.texts[2 * index + 1],
            ty: self.types[index],
            keywords: self.keywords.split_at(end).0.split_at(start).1,
        };
        (row, end)
    }

    /// The first keyword from `at` on of the property at `index` or a later one.
    const fn first_keyword(&self, mut at: usize, index: usize) -> usize {
        while at < self.keywords.len() && self.keywords[at].0 < index {
            at += 1;
        }
        at
    }
}

/// The value of the first keyword of that form.
macro_rules! written {
    ($row:ident, $keyword:pat => $value:expr) => {{
        let mut at = 0;
        while at < $row.keywords.len() {
            if let $keyword = $row.keywords[at].1 {
                return Some($value);
            }
            at += 1;
        }
        None
    }};
}

impl Row {
    pub(crate) const fn name(&self) -> &'static str {
        self.lead.split_at(self.lead.len() - 2).0.split_at(2).1
    }

    pub(crate) const fn is_flattened(&self) -> bool {
        const fn flattened(row: &Row) -> Option<()> {
            written!(row, Keyword::Flattened => ())
        }
        flattened(self).is_some()
    }

    /// Whether the row's value may be absent, whatever stands around it.
    pub(crate) const fn is_optional(&self) -> bool {
        const fn may_be_skipped(row: &Row) -> Option<()> {
            written!(row, Keyword::MayBeSkipped => ())
        }
        self.ty.optional || may_be_skipped(self).is_some()
    }

    /// The type with the format that is written on the row.
    pub(crate) const fn resolved(&self) -> TypeSpec {
        TypeSpec { format: self.format(), ..*self.ty }
    }

    pub(crate) const fn written_format(&self) -> Option<Format> {
        written!(self, Keyword::Format(format) => format)
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

use trigger_dialect::{Outline, Part};

use super::{Format, Identity, JsonType, Literal, SchemaValue, TypeSpec};

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
    /// What else is said of the property.
    said: Outline<'static>,
    /// The values that `said` counts.
    values: &'static [Literal],
    /// The written format.
    format: Option<Format>,
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
    /// The values that are written on the row, numbers and booleans as well.
    Choice,
}

/// The rows of an object, from what the derive wrote: an outline of `N` properties, the values
/// that it counts, and the properties' types, which stand in two lists.
///
/// # Panics
///
/// If there are not `N` of each: a compile error.
#[must_use]
pub const fn rows<const N: usize>(
    outline: Outline<'static>,
    values: &'static [Literal],
    known: &[&'static TypeSpec],
    asked: &[&'static TypeSpec],
) -> [Row; N] {
    const EMPTY: Row = Row::new(["", ""], &TypeSpec::new(JsonType::Object), Outline::EMPTY, &[]);
    let mut rows = [EMPTY; N];
    let mut rest = outline;
    let mut index = 0;
    let mut from_known = 0;
    while index < N {
        let (lead, after) = take_text(rest, Part::Lead);
        let (title, after) = take_text(after, Part::Title);
        rest = from_next_lead(after);
        let said = after.before(rest);
        let ty = if is_known(said) { known[from_known] } else { asked[index - from_known] };
        from_known += is_known(said) as usize;
        rows[index] = Row::new([lead, title], ty, said, values);
        index += 1;
    }
    rows
}

const fn is_known(said: Outline<'static>) -> bool {
    matches!(said.split_first(), Some((piece, _)) if matches!(piece.part, Part::Known))
}

/// The text of the first piece, which must be of this part.
pub(super) const fn take_text(
    outline: Outline<'static>,
    part: Part,
) -> (&'static str, Outline<'static>) {
    match outline.split_first() {
        Some((piece, rest)) if piece.part as u8 == part as u8 => (piece.text, rest),
        _ => panic!("the outline lacks a piece"),
    }
}

/// The outline from where the next property begins.
pub(crate) const fn from_next_lead(outline: Outline<'static>) -> Outline<'static> {
    let mut rest = outline;
    while let Some((piece, after)) = rest.split_first() {
        if matches!(piece.part, Part::Lead) {
            break;
        }
        rest = after;
    }
    rest
}

impl Row {
    const fn new(
        [lead, title]: [&'static str; 2],
        ty: &'static TypeSpec,
        said: Outline<'static>,
        values: &'static [Literal],
    ) -> Self {
        let mut row = Self {
            name: name_in(lead),
            lead,
            title,
            ty,
            said,
            values,
            format: None,
            is_optional: ty.optional,
            is_flattened: false,
            judged: Judged::Nothing,
        };
        let mut has_choice = false;
        let mut rest = said;
        while let Some((piece, after)) = rest.split_first() {
            match piece.part {
                Part::Format => row.format = Some(Format::ALL[piece.number]),
                Part::ChoiceText | Part::ChoiceValue => has_choice = true,
                Part::MayBeSkipped => row.is_optional = true,
                Part::Flattened => row.is_flattened = true,
                _ => {}
            }
            rest = after;
        }
        row.judged = if has_choice { Judged::Choice } else { judged(row.format, ty) };
        row
    }

    /// The type with the format that is written on the row.
    pub(crate) const fn resolved(&self) -> TypeSpec {
        TypeSpec { format: self.format(), ..*self.ty }
    }

    /// The written format, or the one that comes with the type.
    pub(crate) const fn format(&self) -> Option<Format> {
        match self.format {
            Some(format) => Some(format),
            None => self.ty.format,
        }
    }

    /// The written examples; none where the type's own stands for them.
    pub(crate) fn examples(&self) -> impl Iterator<Item = Literal> + use<> {
        let values = self.values;
        self.said.pieces().filter_map(move |piece| match piece.part {
            Part::ExampleText => Some(Literal::String(piece.text)),
            Part::ExampleValue => Some(values[piece.number]),
            _ => None,
        })
    }

    /// Whether the row has no choice of its own, or one with this value.
    pub(crate) const fn offers(&self, literal: &Literal) -> bool {
        let mut rest = self.said;
        let mut is_among = !matches!(self.judged, Judged::Choice);
        while let Some((piece, after)) = rest.split_first() {
            is_among |= match piece.part {
                Part::ChoiceText => Literal::String(piece.text).is_same(literal),
                Part::ChoiceValue => self.values[piece.number].is_same(literal),
                _ => false,
            };
            rest = after;
        }
        is_among
    }

    /// The values of the choice that is written on the row.
    pub(crate) fn written_choice(&self) -> impl Iterator<Item = SchemaValue> + use<> {
        let values = self.values;
        let mut pieces = self.said.pieces().peekable();
        std::iter::from_fn(move || {
            let value = pieces.find_map(|piece| match piece.part {
                Part::ChoiceText => Some(Literal::String(piece.text)),
                Part::ChoiceValue => Some(values[piece.number]),
                _ => None,
            })?;
            let mut text = |part| pieces.next_if(|piece| piece.part == part).map(|it| it.text);
            let title = text(Part::ChoiceTitle);
            Some(SchemaValue { value, title, description: text(Part::ChoiceDescription) })
        })
    }

    /// The values of the property: the written ones, or those of its type.
    pub(super) fn choice(&self) -> impl Iterator<Item = SchemaValue> + use<> {
        let ty = self.ty;
        let of_type = if matches!(self.judged, Judged::Choice) { &[] } else { ty.values };
        let of_type = of_type.iter().enumerate().map(|(index, value)| {
            let [title, description] = ty.labels.get(index).copied().unwrap_or_default();
            SchemaValue { value: Literal::String(value), title, description }
        });
        self.written_choice().chain(of_type)
    }

    /// Whether the values have a place for titles.
    pub(super) fn is_one_of(&self) -> bool {
        match self.judged {
            Judged::Choice => self.said.pieces().any(|piece| piece.part == Part::OneOf),
            _ => !self.ty.labels.is_empty(),
        }
    }

    /// All that is said of the property and its type, read at once.
    pub(super) fn remarks(&self) -> Remarks {
        let mut remarks = Remarks { custom_type: self.ty.custom_type, ..Remarks::default() };
        for piece in self.said.pieces() {
            match piece.part {
                Part::Description => remarks.description = Some(piece.text),
                Part::CustomType => remarks.custom_type = Some(piece.text),
                Part::Namespace => remarks.namespace = Some(piece.text),
                Part::ItemsTitle => remarks.items_title = Some(piece.text),
                Part::ItemsDescription => remarks.items_description = Some(piece.text),
                Part::FutureDate => remarks.is_future_date = true,
                Part::Hidden => remarks.is_hidden = true,
                Part::DefaultText => remarks.default_value = Some(Literal::String(piece.text)),
                Part::DefaultValue => remarks.default_value = Some(self.values[piece.number]),
                Part::ExampleText | Part::ExampleValue => remarks.has_examples = true,
                part => remarks.identity = remarks.identity.or(identity(part)),
            }
        }
        remarks
    }

    /// Whether the field holds the external entity id.
    pub(super) fn is_entity_id(&self) -> bool {
        self.said.pieces().any(|piece| piece.part == Part::EntityId)
    }
}

/// What is said of a property beside its name, title, type and format.
#[derive(Default)]
pub(super) struct Remarks {
    pub(super) description: Option<&'static str>,
    pub(super) custom_type: Option<&'static str>,
    pub(super) identity: Option<Identity>,
    pub(super) namespace: Option<&'static str>,
    pub(super) is_future_date: bool,
    pub(super) is_hidden: bool,
    pub(super) default_value: Option<Literal>,
    pub(super) has_examples: bool,
    pub(super) items_title: Option<&'static str>,
    pub(super) items_description: Option<&'static str>,
}

/// Whose id a property holds of which this is said.
const fn identity(part: Part) -> Option<Identity> {
    match part {
        Part::Contact => Some(Identity::Contact),
        Part::Member => Some(Identity::Member),
        Part::Visitor => Some(Identity::Visitor),
        Part::User => Some(Identity::User),
        _ => None,
    }
}

/// `name` in `,"name":`
pub(crate) const fn name_in(lead: &'static str) -> &'static str {
    match lead.len() {
        0 => "",
        length => lead.split_at(length - 2).0.split_at(2).1,
    }
}

const fn judged(written: Option<Format>, ty: &TypeSpec) -> Judged {
    match (written, ty.format) {
        (Some(format), _) => Judged::Format(format),
        (None, Some(format)) if ty.loose => Judged::Format(format),
        (None, Some(format @ (Format::Date | Format::DateTime))) => Judged::Year(format),
        (None, _) if !ty.values.is_empty() => Judged::Values,
        (None, _) => Judged::Nothing,
    }
}

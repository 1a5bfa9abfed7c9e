//! What the derive tells `trigger-core` of a struct, in two literals.
//!
//! A literal costs the compiler next to nothing, however long it is, and an expression several
//! times the text in it.

/// What a [`Piece`] of an outline says.
///
/// A trigger begins with [`Key`](Self::Key), [`Name`](Self::Name), [`Package`](Self::Package) and
/// [`Location`](Self::Location), each once. A property begins with [`Lead`](Self::Lead) and
/// [`Title`](Self::Title). What else is said of either follows; of a value of a choice, right behind
/// it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The trigger key.
    Key,
    /// The display name of the trigger.
    Name,
    /// The package of the struct.
    Package,
    /// The file and line of the struct: `src/lib.rs:12`.
    Location,
    /// The field in Rust that events are canceled by.
    EntityIdField,
    /// The id of a rule whose advice the struct does not want.
    Allowed,
    /// The title of the payload as a whole.
    PayloadTitle,
    /// The description of the payload as a whole.
    PayloadDescription,
    /// An example of the payload as a whole: its place among the values beside the outline.
    PayloadExample,
    /// The default of the payload as a whole: its place among the values beside the outline.
    PayloadDefault,
    /// What leads to a property's value in a payload: `,"name":`.
    Lead,
    /// The title of the property.
    Title,
    /// The description of the trigger or property.
    Description,
    /// The written format: its place in [`Format::ALL`](crate::Format::ALL).
    Format,
    /// An example that is a string.
    ExampleText,
    /// Another example: its place among the values beside the outline.
    ExampleValue,
    /// A default that is a string.
    DefaultText,
    /// Another default: its place among the values beside the outline.
    DefaultValue,
    /// A value of the property's choice that is a string.
    ChoiceText,
    /// Another value of its choice: its place among the values beside the outline.
    ChoiceValue,
    /// The title of the value of a choice.
    ChoiceTitle,
    /// The description of the value of a choice.
    ChoiceDescription,
    /// The choice is a `oneOf`, and no `enum`.
    OneOf,
    /// The title of the items of an array.
    ItemsTitle,
    /// The description of the items of an array.
    ItemsDescription,
    /// The namespace of an identity.
    Namespace,
    /// The `wixCustomType`.
    CustomType,
    /// The property holds a contact's id.
    Contact,
    /// The property holds a member's id.
    Member,
    /// The property holds a visitor's id.
    Visitor,
    /// The property holds a user's id.
    User,
    /// The property is the date-time of a scheduled event.
    FutureDate,
    /// The property is not offered in pickers.
    Hidden,
    /// `skip_serializing_if` stands on the field.
    MayBeSkipped,
    /// The members of the field's type stand in the property's place.
    Flattened,
    /// The property holds the external entity id.
    EntityId,
    /// The property's type stands among those that the derive knows by their names.
    Known,
}

impl Part {
    /// In the order of their codes.
    const ALL: [Self; 37] = [
        Self::Key,
        Self::Name,
        Self::Package,
        Self::Location,
        Self::EntityIdField,
        Self::Allowed,
        Self::PayloadTitle,
        Self::PayloadDescription,
        Self::PayloadExample,
        Self::PayloadDefault,
        Self::Lead,
        Self::Title,
        Self::Description,
        Self::Format,
        Self::ExampleText,
        Self::ExampleValue,
        Self::DefaultText,
        Self::DefaultValue,
        Self::ChoiceText,
        Self::ChoiceValue,
        Self::ChoiceTitle,
        Self::ChoiceDescription,
        Self::OneOf,
        Self::ItemsTitle,
        Self::ItemsDescription,
        Self::Namespace,
        Self::CustomType,
        Self::Contact,
        Self::Member,
        Self::Visitor,
        Self::User,
        Self::FutureDate,
        Self::Hidden,
        Self::MayBeSkipped,
        Self::Flattened,
        Self::EntityId,
        Self::Known,
    ];

    /// Whether the piece's number is the length of a text.
    const fn has_text(self) -> bool {
        !matches!(
            self,
            Self::PayloadExample
                | Self::PayloadDefault
                | Self::Format
                | Self::ExampleValue
                | Self::DefaultValue
                | Self::ChoiceValue
        )
    }
}

/// What an [`Outline`] is read by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'a> {
    /// What the piece says.
    pub part: Part,
    /// The text, for the parts that are one.
    pub text: &'a str,
    /// A place in a list, for the parts that are one.
    pub number: usize,
}

/// Everything that the attributes of a struct say, but for its types.
///
/// ```
/// use trigger_dialect::{Outline, OutlineWriter, Part};
///
/// let mut writer = OutlineWriter::default();
/// writer.push_text(Part::Title, "Due at");
/// writer.push(Part::FutureDate);
/// let (text, parts) = writer.finish();
///
/// let outline = Outline { text: &text, parts: &parts };
/// let (title, rest) = outline.split_first().expect("two pieces");
/// assert_eq!((title.part, title.text), (Part::Title, "Due at"));
/// let (flag, rest) = rest.split_first().expect("one piece");
/// assert_eq!(flag.part, Part::FutureDate);
/// assert_eq!(rest.split_first(), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outline<'a> {
    /// All texts, one behind the other.
    pub text: &'a str,
    /// For each piece the code of its part, and its number: the length of its text, or a place in
    /// a list. Seven bits a byte, the lowest first.
    pub parts: &'a [u8],
}

impl<'a> Outline<'a> {
    /// The outline of nothing.
    pub const EMPTY: Self = Self { text: "", parts: &[] };

    /// The first piece, and the rest.
    ///
    /// # Panics
    ///
    /// If no [`OutlineWriter`] wrote this.
    #[inline]
    #[must_use]
    pub const fn split_first(self) -> Option<(Piece<'a>, Self)> {
        let Some((code, rest)) = self.parts.split_first() else { return None };
        let part = Part::ALL[*code as usize];
        let (number, parts) = read_number(rest);
        let length = if part.has_text() { number } else { 0 };
        let (text, rest) = self.text.split_at(length);
        Some((Piece { part, text, number }, Self { text: rest, parts }))
    }

    /// What stands before `end`, which is the end of this outline.
    ///
    /// # Panics
    ///
    /// If it is not.
    #[must_use]
    pub const fn before(self, end: Self) -> Self {
        let (text, _) = self.text.split_at(self.text.len() - end.text.len());
        let (parts, _) = self.parts.split_at(self.parts.len() - end.parts.len());
        Self { text, parts }
    }

    /// All pieces, in their order.
    ///
    /// # Panics
    ///
    /// If no [`OutlineWriter`] wrote this.
    #[inline]
    pub fn pieces(self) -> impl Iterator<Item = Piece<'a>> {
        let mut rest = self;
        std::iter::from_fn(move || {
            let (piece, after) = rest.split_first()?;
            rest = after;
            Some(piece)
        })
    }
}

const fn read_number(mut bytes: &[u8]) -> (usize, &[u8]) {
    let mut number = 0;
    let mut shift = 0;
    while let Some((byte, rest)) = bytes.split_first() {
        number |= ((*byte & 0x7f) as usize) << shift;
        shift += 7;
        bytes = rest;
        if *byte < 0x80 {
            break;
        }
    }
    (number, bytes)
}

/// Writes an [`Outline`].
#[derive(Debug, Default)]
pub struct OutlineWriter {
    text: String,
    parts: Vec<u8>,
}

impl OutlineWriter {
    /// A part that is a text.
    pub fn push_text(&mut self, part: Part, text: &str) {
        debug_assert!(part.has_text(), "{part:?} is no text");
        self.text.push_str(text);
        self.push_piece(part, text.len());
    }

    /// A part that is a place in a list.
    pub fn push_number(&mut self, part: Part, number: usize) {
        debug_assert!(!part.has_text(), "{part:?} is no number");
        self.push_piece(part, number);
    }

    /// A part that says all by itself.
    pub fn push(&mut self, part: Part) {
        self.push_piece(part, 0);
    }

    fn push_piece(&mut self, part: Part, mut number: usize) {
        self.parts.push(part as u8);
        while number >= 0x80 {
            self.parts.push(number.to_le_bytes()[0] | 0x80);
            number >>= 7;
        }
        self.parts.push(number.to_le_bytes()[0]);
    }

    /// The two literals of the outline.
    #[must_use]
    pub fn finish(self) -> (String, Vec<u8>) {
        (self.text, self.parts)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_places() {
        for (code, part) in Part::ALL.into_iter().enumerate() {
            assert_eq!(part as usize, code, "{part:?}");
        }
    }

    #[test]
    fn what_is_written_is_read() {
        let long = "ä".repeat(70_000);
        let texts = ["", "a", &"b".repeat(127), &"c".repeat(128), &long];
        let numbers = [0, 127, 128, 300, usize::MAX];
        let mut writer = OutlineWriter::default();
        for text in texts {
            writer.push_text(Part::Description, text);
            writer.push(Part::Hidden);
        }
        for number in numbers {
            writer.push_number(Part::ExampleValue, number);
        }
        let (text, parts) = writer.finish();
        let mut pieces = Outline { text: &text, parts: &parts }.pieces();
        let mut next = || pieces.next().map(|piece| (piece.part, piece.text, piece.number));
        for text in texts {
            assert_eq!(next(), Some((Part::Description, text, text.len())));
            assert_eq!(next(), Some((Part::Hidden, "", 0)));
        }
        for number in numbers {
            assert_eq!(next(), Some((Part::ExampleValue, "", number)));
        }
        assert_eq!(next(), None);
    }

    #[test]
    fn an_outline_before_its_end() {
        let mut writer = OutlineWriter::default();
        writer.push_text(Part::Lead, "one");
        writer.push_text(Part::Title, "two");
        let (text, parts) = writer.finish();
        let outline = Outline { text: &text, parts: &parts };
        let (_, rest) = outline.split_first().unwrap();
        let first: Vec<_> = outline.before(rest).pieces().map(|piece| piece.text).collect();
        assert_eq!(first, ["one"]);
    }
}

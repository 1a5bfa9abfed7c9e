//! The table of rules: what every message of these tools leans on.

/// A rule of the dialect, or of Wix's triggers around it.
///
/// The id stays for ever: messages name it, and what was written about it can be found again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// `T` and three digits.
    pub id: &'static str,
    /// The rule in one sentence.
    pub words: &'static str,
}

macro_rules! rules {
    ($($name:ident = $id:literal, $words:literal;)*) => {
        impl Rule {
            $(#[doc = $words] pub const $name: Self = Self { id: $id, words: $words };)*
        }

        /// All rules, in the order of their ids.
        pub const RULES: &[Rule] = &[$(Rule::$name),*];
    };
}

rules! {
    KEY_WRITTEN = "T001", "a trigger has a key, written in the attribute";
    KEY_PATTERN = "T002", "a trigger key is 1 to 100 small letters, digits, `_` and `-`, the first a letter or digit";
    NAME_LENGTH = "T003", "a trigger's name has 5 to 80 characters";
    DESCRIPTION_LENGTH = "T004", "a trigger's description has at most 250 characters";
    TRIGGER_SHAPE = "T005", "a trigger is a struct with named fields";
    PROPERTY_SHAPE = "T006", "a property is a struct with named fields, an enum of unit variants or a newtype";
    NO_PARAMETERS = "T007", "a payload schema has no type or const parameters";
    PROPERTY_PRESENT = "T008", "a payload schema has at least one property";
    ATTRIBUTE_KNOWN = "T009", "a `trigger` attribute is one of those in the reference";
    ATTRIBUTE_ONCE = "T010", "a `trigger` attribute is given once, with the value that it takes";
    ROLE_FIELD = "T011", "a role names a field of the struct that is in the payload";

    PROPERTY_NAME = "T020", "a property's name holds only A-Z, a-z, 0-9 and _, and does not start with _";
    PROPERTY_NAME_ONCE = "T021", "a property's name stands once in its object";
    PROPERTY_TYPE = "T022", "a property is a string, number, integer, boolean, array of objects or object";
    MEMBER_TYPE = "T023", "a member of an object is a string, number, integer or boolean";
    ITEM_TYPE = "T024", "the items of an array are objects";
    KEYWORD_KNOWN = "T025", "a schema has the keywords of Wix's dialect, and no others";
    ROOT_OBJECT = "T026", "a payload schema is of type `object` and describes its properties";
    REQUIRED_DESCRIBED = "T027", "`required` lists names of properties, each once";
    CHOICE_VALUES = "T028", "a choice lists different values of its property's own type";
    CUSTOM_TYPE = "T029", "a `wixCustomType` stands on the shape that Wix fixed for it";

    SCHEDULED_AT = "T030", "a scheduled event happens at a required date-time of its payload";
    IDENTITY = "T031", "an identity is a UUID, one property for each type of identity";
    ENTITY_ID = "T032", "an external entity id is a required UUID";
    CANCELS = "T033", "only triggers with an external entity id can be canceled";

    EXAMPLE_PRESENT = "T040", "a property has an example";
    EXAMPLE_TYPE = "T041", "an example or default is of its property's own type";
    EXAMPLE_FORMAT = "T042", "an example or default fits its property's format";
    FORMAT_KNOWN = "T043", "a format is one of draft-07's, or Wix's `number`";
    FORMAT_STRING = "T044", "only strings have a format";
    NAMESPACE = "T045", "a namespace names an identity's object";
    TEXT_PRESENT = "T046", "a title, description, namespace or custom type is not empty";
    TITLE_PRESENT = "T047", "a property has a title, on either level";
    MEMBER_EXAMPLE = "T048", "a member of an object has no examples of its own";

    SERDE_FOLLOWED = "T050", "the schema describes what serde writes";
    INTEGER_RANGE = "T051", "a payload's integers are at most 2^53 either way";
    TYPE_WRITES = "T052", "a type writes the JSON that it declares";

    CANCEL_ADVICE = "T070", "a scheduled trigger has an `entity_id`, so that its events can be canceled";
    ENTITY_ADVICE = "T071", "an `entity_id` is not the contact or member that many events share";
    NAME_ADVICE = "T072", "a trigger's name is in sentence case and singular, without a final period";
}

#[cfg(test)]
mod tests {
    use super::RULES;

    #[test]
    fn ids_are_well_formed_and_rise() {
        for rule in RULES {
            let digits = rule.id.strip_prefix('T').expect("starts with T");
            assert!(digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit()));
            assert!(!rule.words.is_empty());
        }
        assert!(RULES.windows(2).all(|pair| pair[0].id < pair[1].id));
    }
}

//! What the writer of payloads does with a `Serialize` that does not keep to the schema: each is
//! hand-written here, since a derived one cannot do it.

use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};
use trigger_core::payload::{self, PayloadError, PayloadProblem};
use trigger_core::schema::JsonType;
use trigger_core::{Property, Trigger};

/// What is written in the place of a property.
#[derive(Clone, Copy)]
enum Written {
    Null,
    Boolean,
    Integer,
    Float,
    Text(&'static str),
    Displayed(&'static str),
    Bytes,
    Array,
    Tuple,
    Object,
    Variant(&'static str),
    DataVariant,
    Failure,
}

impl Serialize for Written {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Null => serializer.serialize_none(),
            Self::Boolean => serializer.serialize_bool(true),
            Self::Integer => serializer.serialize_i32(-1),
            Self::Float => serializer.serialize_f32(0.5),
            Self::Text(text) => serializer.serialize_str(text),
            Self::Displayed(text) => serializer.collect_str(text),
            Self::Bytes => serializer.serialize_bytes(b"x"),
            Self::Array => [0; 0].as_slice().serialize(serializer),
            Self::Tuple => (1, 2).serialize(serializer),
            Self::Object => serializer.serialize_map(Some(0))?.end(),
            Self::Variant(name) => serializer.serialize_unit_variant("Choice", 0, name),
            Self::DataVariant => serializer.serialize_newtype_variant("Choice", 0, "A", &1),
            Self::Failure => Err(serde::ser::Error::custom("out of ink")),
        }
    }
}

/// One property of each type that is checked here; what is written is another matter.
#[derive(Trigger)]
#[trigger(key = "anything_written", name = "Anything written")]
struct Anything {
    #[trigger(example = "text")]
    #[expect(dead_code, reason = "only the schema reads it")]
    property: Declared,
    #[serde(skip)]
    written: Vec<(&'static str, Written)>,
}

#[derive(Property)]
struct Declared(String);

impl Serialize for Anything {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut fields = serializer.serialize_struct("Anything", self.written.len())?;
        for (name, value) in &self.written {
            fields.serialize_field(name, value)?;
        }
        fields.end()
    }
}

fn write(written: &[(&'static str, Written)]) -> Result<String, PayloadError> {
    let event = Anything { property: Declared(String::new()), written: written.to_vec() };
    payload::to_vec(&event).map(|payload| String::from_utf8(payload).expect("JSON is UTF-8"))
}

#[track_caller]
fn refuse(written: &[(&'static str, Written)], message: &str) -> PayloadError {
    let error = write(written).expect_err("refused");
    assert_eq!(error.to_string(), message);
    error
}

#[test]
fn a_string_is_written_where_one_is_expected() {
    for written in [Written::Text("a\"b"), Written::Displayed("a\"b"), Written::Variant("a\"b")] {
        assert_eq!(write(&[("property", written)]).expect("fits"), r#"{"property":"a\"b"}"#);
    }
}

#[test]
fn another_json_type_is_refused() {
    for (written, found) in [
        (Written::Boolean, "a boolean"),
        (Written::Integer, "an integer"),
        (Written::Float, "a number with a fraction"),
        (Written::Bytes, "bytes"),
        (Written::Array, "an array"),
        (Written::Tuple, "a tuple"),
        (Written::Object, "an object"),
        (Written::DataVariant, "an enum's variant with data"),
    ] {
        let message =
            format!("property `property`: serde writes {found} where the schema has type `string`");
        let error = refuse(&[("property", written)], &message);
        assert!(matches!(error.problem(), PayloadProblem::Type { expected: JsonType::String, .. }));
    }
}

#[test]
fn null_and_absence_of_a_required_property_are_refused() {
    refuse(
        &[("property", Written::Null)],
        "property `property`: serde writes `null` for a required property; Wix's types are not \
         nullable",
    );
    refuse(&[], "property `property`: serde does not write this required property");
}

#[test]
fn properties_without_a_place_are_refused() {
    let text = Written::Text("");
    refuse(
        &[("property", text), ("other", text)],
        "property `other`: serde writes this property, and the schema does not have it",
    );
    refuse(
        &[("other", text), ("property", text)],
        "property `other`: serde writes this property, and the schema does not have it",
    );
    refuse(
        &[("property", text), ("property", text)],
        "property `property`: serde writes this property twice, or not in the order of the \
         struct's fields",
    );
}

#[test]
fn a_failing_serialize_keeps_its_words() {
    let error = refuse(&[("property", Written::Failure)], "property `property`: out of ink");
    assert_eq!(error.property(), "property");
}

/// A date-time, an enum and an integer, each written as any text or number.
#[derive(Trigger)]
#[trigger(key = "formats_written")]
struct Formats {
    #[expect(dead_code, reason = "only the schema reads it")]
    at: jiff::Timestamp,
    #[expect(dead_code, reason = "only the schema reads it")]
    choice: Option<Choice>,
    #[serde(skip)]
    written_at: Written,
    #[serde(skip)]
    written_choice: Written,
}

#[derive(Property)]
#[expect(dead_code, reason = "only the schema reads it")]
enum Choice {
    Yes,
    No,
}

impl Serialize for Formats {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        // Through a map, as serde does where a field is flattened.
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("at", &self.written_at)?;
        map.serialize_key("choice")?;
        map.serialize_value(&self.written_choice)?;
        map.end()
    }
}

fn write_formats(at: Written, choice: Written) -> Result<String, PayloadError> {
    let now = jiff::Timestamp::UNIX_EPOCH;
    let event = Formats { at: now, choice: None, written_at: at, written_choice: choice };
    payload::to_vec(&event).map(|payload| String::from_utf8(payload).expect("JSON is UTF-8"))
}

#[test]
fn strings_are_held_to_the_format_and_the_values() {
    const AT: Written = Written::Text("2026-01-15T09:30:00Z");
    assert_eq!(
        write_formats(AT, Written::Text("Yes")).expect("fits"),
        r#"{"at":"2026-01-15T09:30:00Z","choice":"Yes"}"#
    );
    assert_eq!(write_formats(AT, Written::Null).expect("fits"), r#"{"at":"2026-01-15T09:30:00Z"}"#);
    for late in [Written::Text("tomorrow"), Written::Displayed("tom\"orrow")] {
        let error = write_formats(late, Written::Null).expect_err("no date-time");
        assert_eq!(
            error.to_string(),
            "property `at`: the value does not fit `format: date-time`, for example \
             `2026-01-15T09:30:00Z`"
        );
    }
    let error = write_formats(AT, Written::Variant("Perhaps")).expect_err("no value");
    assert_eq!(
        error.to_string(),
        "property `choice`: the value is none of those that the schema lists"
    );
}

/// Values that are written on fields of each type.
#[derive(serde::Serialize, Trigger)]
#[trigger(key = "class_rated")]
struct Rated {
    #[trigger(values = [1, -2, 9_007_199_254_740_992])]
    stars: i64,
    #[trigger(values = [1, 2])]
    small: Option<u8>,
    #[trigger(values = [0.5, 12])]
    rate: f64,
    #[trigger(values = [0.1, 2])]
    single: f32,
    #[trigger(values = [true])]
    sure: bool,
    #[trigger(format = "uri", values = [{"const": "https://example.com/a", "title": "A"}])]
    page: String,
    #[trigger(values = ["00000000-0000-0000-0000-000000000001"])]
    id: uuid::Uuid,
}

const RATED: Rated = Rated {
    stars: -2,
    small: None,
    rate: 12.0,
    single: 0.1,
    sure: true,
    page: String::new(),
    id: uuid::Uuid::from_u128(1),
};

fn rated() -> Rated {
    Rated { page: "https://example.com/a".to_owned(), ..RATED }
}

#[test]
fn written_values_are_the_only_ones() {
    let payload = payload::to_vec(&rated()).expect("all are listed");
    let id = rated().id;
    let expected = format!(
        r#"{{"stars":-2,"rate":12.0,"single":0.1,"sure":true,"page":"https://example.com/a","id":"{id}"}}"#
    );
    assert_eq!(String::from_utf8(payload).expect("UTF-8"), expected);
    for (property, other) in [
        ("stars", Rated { stars: 2, ..rated() }),
        ("small", Rated { small: Some(3), ..rated() }),
        ("rate", Rated { rate: 12.5, ..rated() }),
        ("single", Rated { single: 0.100_001, ..rated() }),
        ("sure", Rated { sure: false, ..rated() }),
        ("page", Rated { page: "https://example.com/b".to_owned(), ..rated() }),
        ("id", Rated { id: uuid::Uuid::nil(), ..rated() }),
    ] {
        let error = payload::to_vec(&other).expect_err("it is not listed");
        let words = "the value is none of those that the schema lists";
        assert_eq!(error.to_string(), format!("property `{property}`: {words}"));
    }
    let larger = Rated { stars: (1 << 53) + 1, ..rated() };
    let error = payload::to_vec(&larger).expect_err("digits would be lost");
    assert!(!error.to_string().contains("lists"), "{error}");
}

/// An item that writes something else than an object.
#[derive(Property)]
struct Item {
    #[expect(dead_code, reason = "only the schema reads it")]
    count: u8,
    #[serde(skip)]
    written: Written,
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.written.serialize(serializer)
    }
}

#[derive(serde::Serialize, Trigger)]
#[trigger(key = "items_written")]
struct Items {
    items: Vec<Item>,
}

#[test]
fn items_are_objects_and_never_null() {
    for (written, message) in [
        (
            Written::Null,
            "property `items[0]`: serde writes `null` inside an array; Wix's types are not \
             nullable",
        ),
        (
            Written::Integer,
            "property `items[0]`: serde writes an integer where the schema has type `object`",
        ),
        (Written::Object, "property `items[0].count`: serde does not write this required property"),
    ] {
        let event = Items { items: vec![Item { count: 1, written }] };
        assert_eq!(payload::to_vec(&event).expect_err("refused").to_string(), message);
    }
}

/// A newtype whose field has the format.
#[derive(serde::Serialize, Property)]
struct Email(#[trigger(format = "email", example = "ada@example.com")] String);

#[derive(serde::Serialize, Trigger)]
#[trigger(key = "email_changed")]
struct EmailChanged {
    email: Email,
}

#[test]
fn a_format_written_in_a_newtype_is_held_to() {
    let right = EmailChanged { email: Email("ada@example.com".to_owned()) };
    assert_eq!(payload::to_vec(&right).expect("fits"), br#"{"email":"ada@example.com"}"#);
    let wrong = EmailChanged { email: Email("ada".to_owned()) };
    assert_eq!(
        payload::to_vec(&wrong).expect_err("no address").to_string(),
        "property `email`: the value does not fit `format: email`, for example `ada@example.com`"
    );
}

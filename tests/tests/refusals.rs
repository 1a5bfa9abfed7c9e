//! What the writer of payloads refuses, case by case, and what it says.

use chrono::{DateTime, FixedOffset, NaiveDate, Utc};
use serde::ser::{SerializeMap, SerializeStruct};
use serde::{Serialize, Serializer};
use trigger_core::payload::{self, PayloadProblem};
use trigger_core::schema::{Format, JsonType};
use trigger_core::{Property, Trigger};

/// A trigger of one property, which is nested as well.
macro_rules! refused {
    ($($test:ident: $(#[$attribute:meta])* $ty:ty, $pattern:pat, [$($value:expr),* $(,)?], but [$($fitting:expr),* $(,)?];)*) => {
        $(
            #[test]
            fn $test() {
                #[derive(Serialize, Property)]
                struct Nested {
                    $(#[$attribute])*
                    member: $ty,
                }

                #[derive(Serialize, Trigger)]
                #[trigger(key = "refused")]
                struct Refused {
                    $(#[$attribute])*
                    value: Option<$ty>,
                    nested: Option<Nested>,
                    list: Vec<Nested>,
                    #[serde(flatten)]
                    flattened: Option<Nested>,
                }

                const NONE: Refused =
                    Refused { value: None, nested: None, list: Vec::new(), flattened: None };
                $(
                    let member = || Nested { member: $value };
                    let events = [
                        ("value", Refused { value: Some($value), ..NONE }),
                        ("nested.member", Refused { nested: Some(member()), ..NONE }),
                        ("list[0].member", Refused { list: vec![member()], ..NONE }),
                        ("member", Refused { flattened: Some(member()), ..NONE }),
                    ];
                    for (property, event) in &events {
                        let error = payload::to_vec(event).unwrap_err();
                        assert_eq!(error.property(), *property, "{error}");
                        assert!(matches!(error.problem(), $pattern), "{error:?}");
                        assert!(error.to_string().starts_with(&format!("property `{property}`: ")));
                    }
                )*
                $(
                    let event = Refused { value: Some($fitting), ..NONE };
                    assert!(payload::to_vec(&event).is_ok(), "{}", stringify!($fitting));
                )*
            }
        )*
    };
}

refused! {
    floats: f64, PayloadProblem::NotFinite,
        [f64::NAN, -f64::NAN, f64::INFINITY, f64::NEG_INFINITY],
        but [f64::MAX, f64::MIN, f64::EPSILON, -0.0];
    small_floats: f32, PayloadProblem::NotFinite,
        [f32::NAN, f32::INFINITY, f32::NEG_INFINITY],
        but [f32::MAX, f32::MIN];
    unsigned_integers: u64, PayloadProblem::IntegerRange,
        [u64::MAX, (1 << 53) + 1],
        but [1 << 53, 0];
    signed_integers: i64, PayloadProblem::IntegerRange,
        [i64::MIN, i64::MAX, (1 << 53) + 1, -(1 << 53) - 1],
        but [1 << 53, -(1 << 53)];
    jiff_timestamps: jiff::Timestamp, PayloadProblem::Format { format: Format::DateTime },
        [jiff::Timestamp::MIN, "-000001-12-31T23:59:59.999999999Z".parse().unwrap()],
        but [jiff::Timestamp::MAX, "0000-01-01T00:00:00Z".parse().unwrap()];
    jiff_dates: jiff::civil::Date, PayloadProblem::Format { format: Format::Date },
        [jiff::civil::Date::MIN, jiff::civil::date(-1, 12, 31)],
        but [jiff::civil::Date::MAX, jiff::civil::date(0, 2, 29)];
    chrono_times: DateTime<Utc>, PayloadProblem::Format { format: Format::DateTime },
        [
            DateTime::<Utc>::MIN_UTC,
            DateTime::<Utc>::MAX_UTC,
            "+10000-01-01T00:00:00Z".parse().unwrap(),
            // A leap second, but not at the end of a day.
            DateTime::from_timestamp(1_483_225_199 - 60, 1_500_000_000).unwrap(),
        ],
        but ["9999-12-31T23:59:59Z".parse().unwrap(), "2016-12-31T23:59:60Z".parse().unwrap()];
    chrono_times_with_an_offset: DateTime<FixedOffset>,
        PayloadProblem::Format { format: Format::DateTime },
        [
            // The year 10000 in UTC+1, though not in UTC.
            "9999-12-31T23:30:00Z".parse::<DateTime<Utc>>().unwrap()
                .with_timezone(&FixedOffset::east_opt(3600).unwrap()),
            // An offset that is written as `+24:00`.
            DateTime::<Utc>::UNIX_EPOCH.with_timezone(&FixedOffset::east_opt(86_399).unwrap()),
        ],
        but ["2026-01-15T09:30:00-23:59".parse().unwrap()];
    chrono_dates: NaiveDate, PayloadProblem::Format { format: Format::Date },
        [NaiveDate::MIN, NaiveDate::MAX],
        but [NaiveDate::from_ymd_opt(9999, 12, 31).unwrap()];
    formatted_strings: #[trigger(format = "email", example = "ada@example.com")] String,
        PayloadProblem::Format { format: Format::Email },
        [String::new(), "ada".to_owned(), "ada@example.com\n".to_owned(), "\"@x".to_owned()],
        but ["a@b".to_owned()];
    decimal_strings: #[trigger(format = "number", example = "1")] String,
        PayloadProblem::Format { format: Format::Number },
        ["1,5".to_owned(), "NaN".to_owned(), "1e".to_owned()],
        but ["1.5".to_owned()];
    displayed_strings: #[trigger(format = "uuid", example = "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")] Displayed,
        PayloadProblem::Format { format: Format::Uuid },
        [Displayed("abc"), Displayed("\"\n")],
        but [Displayed("2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")];
}

/// A string that is displayed and not borrowed.
#[derive(Property)]
struct Displayed(#[allow(dead_code)] &'static str);

impl Serialize for Displayed {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self.0)
    }
}

/// What a hand-written `Serialize` writes instead of what the derive says.
#[derive(Clone, Copy)]
enum Lie {
    None,
    Unit,
    Text,
    Float,
    Negative,
    List,
    Empty,
    MissingSecond,
    Swapped,
    Twice,
    Unknown,
    NumberedKey,
    Failure,
    Honest,
}

#[derive(Property)]
#[allow(dead_code)]
struct Liar {
    first: u32,
    second: u32,
    third: Option<u32>,
    #[serde(skip)]
    lie: Lie,
}

impl Liar {
    fn new(lie: Lie) -> Self {
        Self { first: 1, second: 2, third: None, lie }
    }
}

impl Serialize for Liar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let fields: &[&'static str] = match self.lie {
            Lie::None => return serializer.serialize_none(),
            Lie::Unit => return serializer.serialize_unit(),
            Lie::Text => return serializer.serialize_str("text"),
            Lie::Float => return serializer.serialize_f64(1.5),
            Lie::Negative => return serializer.serialize_i8(-1),
            Lie::List => return serializer.collect_seq([1, 2]),
            Lie::NumberedKey => {
                let mut map = serializer.serialize_map(None)?;
                map.serialize_entry(&1, &1)?;
                return map.end();
            }
            Lie::Failure => return Err(serde::ser::Error::custom("it is broken")),
            Lie::Empty => &[],
            Lie::MissingSecond => &["first", "third"],
            Lie::Swapped => &["second", "first"],
            Lie::Twice => &["first", "second", "second"],
            Lie::Unknown => &["first", "second", "fourth"],
            Lie::Honest => &["first", "second", "third"],
        };
        let mut members = serializer.serialize_struct("Liar", fields.len())?;
        for field in fields {
            members.serialize_field(field, &1)?;
        }
        members.end()
    }
}

#[derive(Serialize, Trigger)]
#[trigger(key = "lies", name = "It lies")]
struct Lies {
    liars: Vec<Liar>,
    liar: Option<Liar>,
}

#[test]
fn what_serde_writes_is_held_to_the_schema() {
    let told = |lie, property: &str, expected: &str| {
        let error =
            payload::to_vec(&Lies { liars: Vec::new(), liar: Some(Liar::new(lie)) }).unwrap_err();
        assert_eq!(error.to_string(), format!("property `liar{property}`: {expected}"));

        let liars = vec![Liar::new(Lie::Honest), Liar::new(lie)];
        let error = payload::to_vec(&Lies { liars, liar: None }).unwrap_err();
        assert_eq!(error.to_string(), format!("property `liars[1]{property}`: {expected}"));
    };
    let object = "where the schema has type `object`";
    told(Lie::Text, "", &format!("serde writes a string {object}"));
    told(Lie::Float, "", &format!("serde writes a number with a fraction {object}"));
    told(Lie::Negative, "", &format!("serde writes an integer {object}"));
    told(Lie::List, "", &format!("serde writes an array {object}"));
    told(Lie::Empty, ".first", "serde does not write this required property");
    told(Lie::MissingSecond, ".second", "serde does not write this required property");
    told(Lie::Swapped, ".first", "serde does not write this required property");
    let order = "serde writes this property twice, or not in the order of the struct's fields";
    told(Lie::Twice, ".second", order);
    let unknown = "serde writes this property, and the schema does not have it";
    told(Lie::Unknown, ".fourth", unknown);
    told(Lie::NumberedKey, "", "the name of a property is a string");
    told(Lie::Failure, "", "it is broken");
}

#[test]
fn null_has_no_place_in_an_array() {
    for lie in [Lie::None, Lie::Unit] {
        let liars = vec![Liar::new(Lie::Honest), Liar::new(lie)];
        let error = payload::to_vec(&Lies { liars, liar: None }).unwrap_err();
        assert_eq!(error.property(), "liars[1]");
        assert!(matches!(error.problem(), PayloadProblem::NullItem), "{error:?}");
    }
}

#[test]
fn null_is_left_out_where_a_property_is_optional_and_refused_where_it_is_required() {
    #[derive(Serialize, Trigger)]
    #[trigger(key = "lie_required")]
    struct Required {
        liar: Liar,
    }

    for lie in [Lie::None, Lie::Unit] {
        let optional = Lies { liars: Vec::new(), liar: Some(Liar::new(lie)) };
        assert_eq!(payload::to_vec(&optional).unwrap(), br#"{"liars":[]}"#);
        let error = payload::to_vec(&Required { liar: Liar::new(lie) }).unwrap_err();
        assert_eq!(error.property(), "liar");
        assert!(matches!(error.problem(), PayloadProblem::Null), "{error:?}");
    }
}

#[test]
fn an_event_that_is_no_object_is_refused_as_a_whole() {
    #[derive(Trigger)]
    #[trigger(key = "no_object")]
    #[allow(dead_code)]
    struct NoObject {
        seats: u32,
    }

    impl Serialize for NoObject {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            serializer.serialize_bool(true)
        }
    }

    let error = payload::to_vec(&NoObject { seats: 1 }).unwrap_err();
    assert_eq!(error.property(), "");
    let expected = JsonType::Object;
    assert!(
        matches!(error.problem(), PayloadProblem::Type { expected: found, .. } if *found == expected)
    );
    assert_eq!(
        error.to_string(),
        "the payload: serde writes a boolean where the schema has type `object`"
    );
}

#[test]
fn a_value_that_the_enum_does_not_have_is_refused() {
    #[derive(Property)]
    #[allow(dead_code)]
    enum Choice {
        #[serde(rename = "\"one\"\n")]
        One,
        Two,
    }

    impl Serialize for Choice {
        fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            match self {
                // Displayed: what is judged is what was written, less its escapes.
                Self::One => serializer.collect_str("\"one\"\n"),
                Self::Two => serializer.serialize_str("two"),
            }
        }
    }

    #[derive(Serialize, Trigger)]
    #[trigger(key = "chosen", name = "It was chosen")]
    struct Chosen {
        choice: Choice,
    }

    let one = payload::to_vec(&Chosen { choice: Choice::One }).unwrap();
    assert_eq!(one, br#"{"choice":"\"one\"\n"}"#);
    let error = payload::to_vec(&Chosen { choice: Choice::Two }).unwrap_err();
    assert_eq!(error.property(), "choice");
    assert!(matches!(error.problem(), PayloadProblem::Value), "{error:?}");
}

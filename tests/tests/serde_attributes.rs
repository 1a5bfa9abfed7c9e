//! Each of serde's attributes, as issue 2 lists them: the schema's names and `required` agree
//! with what is written, and with what schemars' own derive reads from the same struct.

use std::collections::BTreeSet;
use std::marker::PhantomData;

use rust_decimal::Decimal;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde::Serialize;
use serde_json::Value;
use time::OffsetDateTime;
use trigger_core::{Property, Trigger, payload};

/// A struct for schemars and for us, with two events and what is written for them.
struct Case<'e, T> {
    /// An event with everything that can be present, and its payload.
    present: (T, &'e str),
    /// An event with everything absent that can be, and its payload.
    absent: (T, &'e str),
    /// What is an `Option` and nothing more: the one difference, schemars requires it.
    options: &'e [&'e str],
}

/// The paths of an object's properties, such as `lines[].text`: all, and the required ones.
#[derive(Debug, Default, PartialEq)]
struct Paths {
    names: BTreeSet<String>,
    required: BTreeSet<String>,
}

#[track_caller]
fn agree<T: Trigger + JsonSchema>(case: &Case<'_, T>) {
    let document = serde_json::to_value(T::payload_document()).unwrap();
    let ours = Paths::of_schema(&document);
    assert_eq!(written(&case.present), ours.names, "what is written, and the schema's names");
    assert_eq!(written(&case.absent), ours.always(), "what is always written, and `required`");

    let schemars = Paths::of_schema(&schemars_document::<T>());
    assert_eq!(ours.names, schemars.names, "our names and schemars'");
    let options: BTreeSet<String> = case.options.iter().map(|&path| path.to_owned()).collect();
    let difference: BTreeSet<_> =
        schemars.required.symmetric_difference(&ours.required).cloned().collect();
    assert_eq!(difference, options, "what schemars requires and we do not: an `Option`");
    assert!(options.is_disjoint(&ours.required), "an `Option` is never required");
}

/// The paths in an event's payload, which is `expected` and which the schema holds.
#[track_caller]
fn written<T: Trigger>((event, expected): &(T, &str)) -> BTreeSet<String> {
    let bytes = payload::to_vec(event).unwrap();
    assert_eq!(std::str::from_utf8(&bytes).unwrap(), *expected);
    let mut names = BTreeSet::new();
    collect_names(&serde_json::from_slice(&bytes).unwrap(), "", &mut names);
    names
}

fn collect_names(value: &Value, path: &str, names: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                let path = below(path, name);
                collect_names(value, &path, names);
                names.insert(path);
            }
        }
        Value::Array(items) => {
            for item in items {
                collect_names(item, &format!("{path}[]"), names);
            }
        }
        _ => {}
    }
}

fn below(path: &str, name: &str) -> String {
    if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") }
}

/// What schemars' derive makes of `T`, as draft-07 and for what is serialized.
fn schemars_document<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft07().for_serialize().with(|settings| {
        settings.inline_subschemas = true;
    });
    settings.into_generator().into_root_schema_for::<T>().to_value()
}

impl Paths {
    fn of_schema(schema: &Value) -> Self {
        let mut paths = Self::default();
        paths.collect(schema, "");
        paths
    }

    fn collect(&mut self, schema: &Value, path: &str) {
        // An `Option` of an object, as schemars writes it.
        if let Some(choices) = schema["anyOf"].as_array() {
            self.collect(&choices[0], path);
        }
        if let Some(items) = schema.get("items") {
            self.collect(items, &format!("{path}[]"));
        }
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let path = below(path, name);
            self.collect(property, &path);
            self.names.insert(path);
        }
        for name in schema["required"].as_array().into_iter().flatten() {
            self.required.insert(below(path, name.as_str().unwrap()));
        }
    }

    /// What is there in every payload: what is required in something that is there.
    fn always(&self) -> BTreeSet<String> {
        let always = |path: &&String| {
            let mut parents = path.match_indices(['.', '[']).map(|(at, _)| &path[..at]);
            self.required.contains(*path)
                && parents.all(|parent| parent.ends_with(']') || self.required.contains(parent))
        };
        self.names.iter().filter(always).cloned().collect()
    }
}

#[test]
fn rename() {
    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "rename")]
    struct Renamed {
        #[serde(rename = "theFirst")]
        first: u32,
        #[serde(rename(serialize = "the_second"))]
        second: u32,
        #[serde(rename(serialize = "third_out", deserialize = "third_in"))]
        third: Option<u32>,
        #[serde(rename(deserialize = "fourth_in"))]
        fourth: u32,
    }

    agree(&Case {
        present: (
            Renamed { first: 1, second: 2, third: Some(3), fourth: 4 },
            r#"{"theFirst":1,"the_second":2,"third_out":3,"fourth":4}"#,
        ),
        absent: (
            Renamed { first: 1, second: 2, third: None, fourth: 4 },
            r#"{"theFirst":1,"the_second":2,"fourth":4}"#,
        ),
        options: &["third_out"],
    });
}

/// Tests a struct with `#[serde(rename_all…)]`, and an enum with the same.
macro_rules! rename_all {
    ($($test:ident: $(#[$attribute:meta])+ $first:ident, $second:ident => $payload:literal, $values:expr;)*) => {
        $(
            #[test]
            fn $test() {
                #[derive(Serialize, JsonSchema, Trigger)]
                #[trigger(key = "rename_all", name = "Rename all")]
                $(#[$attribute])+
                struct Renamed {
                    $first: u32,
                    #[serde(rename = "written")]
                    other: u32,
                    $second: Option<u32>,
                }

                let present = Renamed { $first: 1, other: 2, $second: Some(3) };
                let absent = Renamed { $first: 1, other: 2, $second: None };
                let name = $payload.split('"').nth(5).unwrap();
                let without = $payload.replace(&format!(r#","{name}":3"#), "");
                agree(&Case {
                    present: (present, $payload),
                    absent: (absent, &without),
                    options: &[name],
                });
            }
        )*

        #[test]
        fn rename_all_of_an_enum() {
            $({
                #[derive(Serialize, JsonSchema, Property)]
                $(#[$attribute])+
                enum Choice {
                    FirstOne,
                    #[serde(rename = "written")]
                    Other,
                    SecondOneOfAll,
                }

                agree_on_values(&[Choice::FirstOne, Choice::Other, Choice::SecondOneOfAll], &$values);
            })*
        }
    };
}

/// An enum's values: ours, schemars' and what is written.
#[track_caller]
fn agree_on_values<T: Property + JsonSchema + Serialize>(choices: &[T], expected: &[&str]) {
    assert_eq!(T::TYPE.values(), expected);
    let schema = schemars_document::<T>();
    let schemars: Vec<_> =
        schema["enum"].as_array().unwrap().iter().map(|value| value.as_str().unwrap()).collect();
    assert_eq!(schemars, expected);
    let written: Vec<_> =
        choices.iter().map(|choice| serde_json::to_value(choice).unwrap()).collect();
    assert_eq!(written, expected);
}

// A property's name has no hyphens, so `kebab-case` fits single words only.
rename_all! {
    rename_all_lowercase: #[serde(rename_all = "lowercase")] first_one, second_one_of_all
        => r#"{"first_one":1,"written":2,"second_one_of_all":3}"#,
        ["firstone", "written", "secondoneofall"];
    rename_all_uppercase: #[serde(rename_all = "UPPERCASE")] first_one, second_one_of_all
        => r#"{"FIRST_ONE":1,"written":2,"SECOND_ONE_OF_ALL":3}"#,
        ["FIRSTONE", "written", "SECONDONEOFALL"];
    rename_all_pascal_case: #[serde(rename_all = "PascalCase")] first_one, second_one_of_all
        => r#"{"FirstOne":1,"written":2,"SecondOneOfAll":3}"#,
        ["FirstOne", "written", "SecondOneOfAll"];
    rename_all_camel_case: #[serde(rename_all = "camelCase")] first_one, second_one_of_all
        => r#"{"firstOne":1,"written":2,"secondOneOfAll":3}"#,
        ["firstOne", "written", "secondOneOfAll"];
    rename_all_snake_case: #[serde(rename_all = "snake_case")] first_one, second_one_of_all
        => r#"{"first_one":1,"written":2,"second_one_of_all":3}"#,
        ["first_one", "written", "second_one_of_all"];
    rename_all_screaming_snake_case: #[serde(rename_all = "SCREAMING_SNAKE_CASE")] first_one, second_one_of_all
        => r#"{"FIRST_ONE":1,"written":2,"SECOND_ONE_OF_ALL":3}"#,
        ["FIRST_ONE", "written", "SECOND_ONE_OF_ALL"];
    rename_all_kebab_case: #[serde(rename_all = "kebab-case")] first, second
        => r#"{"first":1,"written":2,"second":3}"#,
        ["first-one", "written", "second-one-of-all"];
    rename_all_screaming_kebab_case: #[serde(rename_all = "SCREAMING-KEBAB-CASE")] first, second
        => r#"{"FIRST":1,"written":2,"SECOND":3}"#,
        ["FIRST-ONE", "written", "SECOND-ONE-OF-ALL"];
    rename_all_serialize: #[serde(rename_all(serialize = "camelCase"))] first_one, second_one_of_all
        => r#"{"firstOne":1,"written":2,"secondOneOfAll":3}"#,
        ["firstOne", "written", "secondOneOfAll"];
    rename_all_both: #[serde(rename_all(serialize = "PascalCase", deserialize = "UPPERCASE"))] first_one, second_one_of_all
        => r#"{"FirstOne":1,"written":2,"SecondOneOfAll":3}"#,
        ["FirstOne", "written", "SecondOneOfAll"];
    rename_all_deserialize: #[serde(rename_all(deserialize = "UPPERCASE"))] first_one, second_one_of_all
        => r#"{"first_one":1,"written":2,"second_one_of_all":3}"#,
        ["FirstOne", "written", "SecondOneOfAll"];
    rename_all_on_two_lines: #[serde(rename_all(deserialize = "UPPERCASE"))] #[serde(deny_unknown_fields)] first_one, second_one_of_all
        => r#"{"first_one":1,"written":2,"second_one_of_all":3}"#,
        ["FirstOne", "written", "SecondOneOfAll"];
}

#[test]
fn skip() {
    /// Nothing that a payload could hold.
    #[derive(Default)]
    struct Unfit;

    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "skip_a_field")]
    struct Skipping {
        first: u32,
        #[serde(skip)]
        #[expect(dead_code, reason = "serde skips it")]
        skipped: Unfit,
        #[serde(skip_serializing)]
        #[schemars(skip)]
        #[expect(dead_code, reason = "serde skips it")]
        not_written: Unfit,
        #[serde(skip_deserializing)]
        #[schemars(with = "u32")]
        written: u32,
        last: Option<u32>,
    }

    let event = |last| Skipping { first: 1, skipped: Unfit, not_written: Unfit, written: 2, last };
    agree(&Case {
        present: (event(Some(3)), r#"{"first":1,"written":2,"last":3}"#),
        absent: (event(None), r#"{"first":1,"written":2}"#),
        options: &["last"],
    });
}

#[test]
fn skip_serializing_alone() {
    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "skip_serializing")]
    struct Skipping {
        first: u32,
        #[serde(skip_serializing)]
        #[expect(dead_code, reason = "serde skips it")]
        secret: String,
    }

    let event = || Skipping { first: 1, secret: "hidden".to_owned() };
    agree(&Case {
        present: (event(), r#"{"first":1}"#),
        absent: (event(), r#"{"first":1}"#),
        options: &[],
    });
}

#[test]
fn skip_serializing_if() {
    #[derive(Serialize, JsonSchema, Property)]
    struct Line {
        quantity: u32,
        #[serde(skip_serializing_if = "is_zero")]
        discount: u32,
    }

    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "skip_serializing_if")]
    struct Skipping {
        first: u32,
        #[serde(skip_serializing_if = "is_zero")]
        count: u32,
        #[serde(skip_serializing_if = "Option::is_none")]
        maybe: Option<u32>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        lines: Vec<Line>,
        line: Line,
        last: u32,
    }

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
    fn is_zero(count: &u32) -> bool {
        *count == 0
    }

    agree(&Case {
        present: (
            Skipping {
                first: 1,
                count: 2,
                maybe: Some(3),
                lines: vec![Line { quantity: 4, discount: 5 }],
                line: Line { quantity: 6, discount: 7 },
                last: 8,
            },
            r#"{"first":1,"count":2,"maybe":3,"lines":[{"quantity":4,"discount":5}],"line":{"quantity":6,"discount":7},"last":8}"#,
        ),
        absent: (
            Skipping {
                first: 1,
                count: 0,
                maybe: None,
                lines: Vec::new(),
                line: Line { quantity: 6, discount: 0 },
                last: 8,
            },
            r#"{"first":1,"line":{"quantity":6},"last":8}"#,
        ),
        options: &[],
    });
}

#[derive(Serialize, JsonSchema, Property)]
#[serde(rename_all = "camelCase")]
struct Address {
    postal_code: u32,
    door_number: Option<u32>,
}

#[test]
fn flatten() {
    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "flatten")]
    struct Flattened {
        first: u32,
        #[serde(flatten)]
        address: Address,
        last: Option<u32>,
    }

    agree(&Case {
        present: (
            Flattened {
                first: 1,
                address: Address { postal_code: 2, door_number: Some(3) },
                last: Some(4),
            },
            r#"{"first":1,"postalCode":2,"doorNumber":3,"last":4}"#,
        ),
        absent: (
            Flattened {
                first: 1,
                address: Address { postal_code: 2, door_number: None },
                last: None,
            },
            r#"{"first":1,"postalCode":2}"#,
        ),
        options: &["doorNumber", "last"],
    });
}

#[test]
fn flatten_of_an_option() {
    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "flatten_option")]
    struct Flattened {
        #[serde(flatten)]
        address: Option<Address>,
        last: u32,
    }

    agree(&Case {
        present: (
            Flattened { address: Some(Address { postal_code: 1, door_number: Some(2) }), last: 3 },
            r#"{"postalCode":1,"doorNumber":2,"last":3}"#,
        ),
        absent: (Flattened { address: None, last: 3 }, r#"{"last":3}"#),
        options: &[],
    });
}

#[test]
fn flatten_if() {
    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "flatten_if", name = "Flatten if")]
    struct Flattened {
        first: u32,
        #[serde(flatten, skip_serializing_if = "is_unknown")]
        // Schemars takes the attribute for the flattened struct's own affair.
        #[schemars(with = "Option<Address>")]
        address: Address,
    }

    fn is_unknown(address: &Address) -> bool {
        address.postal_code == 0
    }

    agree(&Case {
        present: (
            Flattened { first: 1, address: Address { postal_code: 2, door_number: Some(3) } },
            r#"{"first":1,"postalCode":2,"doorNumber":3}"#,
        ),
        absent: (
            Flattened { first: 1, address: Address { postal_code: 0, door_number: None } },
            r#"{"first":1}"#,
        ),
        options: &[],
    });
}

#[test]
fn flatten_in_a_flattened_struct_and_in_a_nested_one() {
    #[derive(Serialize, JsonSchema, Property)]
    struct Place {
        #[serde(flatten)]
        address: Address,
        floor: u32,
        #[serde(flatten)]
        entrance: Option<Entrance>,
    }

    #[derive(Serialize, JsonSchema, Property)]
    struct Entrance {
        gate: u32,
    }

    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "flatten_twice")]
    struct Flattened {
        first: u32,
        #[serde(flatten)]
        place: Place,
        middle: u32,
        nested: Place,
        list: Vec<Place>,
        maybe: Option<Place>,
        last: u32,
    }

    let full = |postal_code| Place {
        address: Address { postal_code, door_number: Some(2) },
        floor: 3,
        entrance: Some(Entrance { gate: 4 }),
    };
    let bare = |postal_code| Place {
        address: Address { postal_code, door_number: None },
        floor: 3,
        entrance: None,
    };
    agree(&Case {
        present: (
            Flattened {
                first: 1,
                place: full(10),
                middle: 5,
                nested: full(20),
                list: vec![full(30)],
                maybe: Some(full(40)),
                last: 6,
            },
            concat!(
                r#"{"first":1,"postalCode":10,"doorNumber":2,"floor":3,"gate":4,"middle":5,"#,
                r#""nested":{"postalCode":20,"doorNumber":2,"floor":3,"gate":4},"#,
                r#""list":[{"postalCode":30,"doorNumber":2,"floor":3,"gate":4}],"#,
                r#""maybe":{"postalCode":40,"doorNumber":2,"floor":3,"gate":4},"last":6}"#,
            ),
        ),
        absent: (
            Flattened {
                first: 1,
                place: bare(10),
                middle: 5,
                nested: bare(20),
                list: vec![bare(30)],
                maybe: None,
                last: 6,
            },
            concat!(
                r#"{"first":1,"postalCode":10,"floor":3,"middle":5,"#,
                r#""nested":{"postalCode":20,"floor":3},"#,
                r#""list":[{"postalCode":30,"floor":3}],"last":6}"#,
            ),
        ),
        options: &[
            "doorNumber",
            "list[].doorNumber",
            "maybe",
            "maybe.doorNumber",
            "nested.doorNumber",
        ],
    });
}

#[test]
fn transparent() {
    #[derive(Serialize, JsonSchema, Property)]
    #[serde(transparent)]
    struct Seats(u32);

    #[derive(Serialize, JsonSchema, Property)]
    #[serde(transparent)]
    struct Named {
        value: u32,
        #[serde(skip)]
        #[expect(dead_code, reason = "serde skips it")]
        note: (),
    }

    #[derive(Serialize, JsonSchema, Property)]
    #[serde(transparent)]
    struct Marked<'a> {
        value: u32,
        marker: PhantomData<&'a ()>,
    }

    #[derive(Serialize, JsonSchema, Property)]
    #[serde(transparent)]
    struct MarkedTuple<'a>(u32, PhantomData<&'a ()>);

    #[derive(Serialize, JsonSchema, Property)]
    struct Plain(u32);

    #[derive(Serialize, JsonSchema, Property)]
    #[serde(transparent)]
    struct Whole(Address);

    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "transparent")]
    struct Event<'a> {
        seats: Seats,
        named: Named,
        marked: Marked<'a>,
        pair: MarkedTuple<'a>,
        plain: Option<Plain>,
        whole: Whole,
        #[serde(flatten)]
        flat: Whole,
    }

    let whole = |door_number| Whole(Address { postal_code: 1, door_number });
    agree(&Case {
        present: (
            Event {
                seats: Seats(1),
                named: Named { value: 2, note: () },
                marked: Marked { value: 6, marker: PhantomData },
                pair: MarkedTuple(7, PhantomData),
                plain: Some(Plain(3)),
                whole: whole(Some(4)),
                flat: whole(Some(5)),
            },
            r#"{"seats":1,"named":2,"marked":6,"pair":7,"plain":3,"whole":{"postalCode":1,"doorNumber":4},"postalCode":1,"doorNumber":5}"#,
        ),
        absent: (
            Event {
                seats: Seats(1),
                named: Named { value: 2, note: () },
                marked: Marked { value: 6, marker: PhantomData },
                pair: MarkedTuple(7, PhantomData),
                plain: None,
                whole: whole(None),
                flat: whole(None),
            },
            r#"{"seats":1,"named":2,"marked":6,"pair":7,"whole":{"postalCode":1},"postalCode":1}"#,
        ),
        options: &["doorNumber", "plain", "whole.doorNumber"],
    });
}

#[test]
fn what_only_deserializing_knows_has_no_effect() {
    #[derive(JsonSchema)]
    #[expect(dead_code, reason = "only its schema is asked for")]
    struct Other {
        something: String,
    }

    fn three() -> u32 {
        3
    }

    #[derive(Serialize, JsonSchema, Trigger, Default)]
    #[trigger(key = "no_effect")]
    #[serde(default, from = "Other", bound = "", deny_unknown_fields, expecting = "an event")]
    struct Event {
        first: u32,
        #[serde(default)]
        second: u32,
        #[serde(default = "three")]
        third: u32,
        #[serde(alias = "fourth_before", alias = "fourth_long_before")]
        fourth: u32,
        #[serde(skip_deserializing)]
        fifth: u32,
        #[serde(bound = "")]
        #[serde(default)]
        sixth: Option<u32>,
        #[serde(deserialize_with = "read")]
        seventh: u32,
    }

    agree(&Case {
        present: (
            Event {
                first: 1,
                second: 2,
                third: 3,
                fourth: 4,
                fifth: 5,
                sixth: Some(6),
                seventh: 7,
            },
            r#"{"first":1,"second":2,"third":3,"fourth":4,"fifth":5,"sixth":6,"seventh":7}"#,
        ),
        absent: (
            Event::default(),
            r#"{"first":0,"second":0,"third":0,"fourth":0,"fifth":0,"seventh":0}"#,
        ),
        options: &["sixth"],
    });
}

#[test]
fn variants_that_are_skipped_are_no_values() {
    #[derive(Serialize, JsonSchema, Property)]
    #[serde(rename_all = "snake_case")]
    enum Choice {
        #[serde(skip)]
        #[expect(dead_code, reason = "serde refuses it")]
        Never,
        First,
        #[serde(skip_deserializing)]
        OnlyWritten,
        #[serde(skip_serializing)]
        #[expect(dead_code, reason = "serde refuses it")]
        OnlyRead,
        #[serde(alias = "other", rename(serialize = "LAST"))]
        Last,
    }

    agree_on_values(
        &[Choice::First, Choice::OnlyWritten, Choice::Last],
        &["first", "only_written", "LAST"],
    );
}

#[test]
fn with_the_modules_that_are_known() {
    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "known_with", name = "Known modules")]
    struct Event {
        #[serde(with = "time::serde::rfc3339")]
        #[schemars(with = "String")]
        at: OffsetDateTime,
        #[serde(serialize_with = "time::serde::rfc3339::option::serialize")]
        #[schemars(with = "Option<String>")]
        until: Option<OffsetDateTime>,
        #[serde(with = "rust_decimal::serde::str")]
        #[schemars(with = "String")]
        amount: Decimal,
        #[serde(with = "rust_decimal::serde::str_option")]
        #[schemars(with = "Option<String>")]
        paid: Option<Decimal>,
        #[serde(with = "rust_decimal::serde::str_option", skip_serializing_if = "Option::is_none")]
        #[schemars(with = "Option<String>")]
        tip: Option<Decimal>,
    }

    let present = Event {
        at: OffsetDateTime::UNIX_EPOCH,
        until: Some(OffsetDateTime::UNIX_EPOCH),
        amount: Decimal::new(12050, 2),
        paid: Some(Decimal::new(-5, 1)),
        tip: Some(Decimal::ONE),
    };
    let absent = Event { until: None, paid: None, tip: None, ..present };
    agree(&Case {
        present: (
            present,
            r#"{"at":"1970-01-01T00:00:00Z","until":"1970-01-01T00:00:00Z","amount":"120.50","paid":"-0.5","tip":"1"}"#,
        ),
        absent: (absent, r#"{"at":"1970-01-01T00:00:00Z","amount":"120.50"}"#),
        options: &["paid", "until"],
    });

    let formats: Vec<_> = Event::SPEC
        .properties()
        .map(|property| (property.name(), property.format().map(trigger_dialect::Format::name)))
        .collect();
    assert_eq!(
        formats,
        [
            ("at", Some("date-time")),
            ("until", Some("date-time")),
            ("amount", Some("number")),
            ("paid", Some("number")),
            ("tip", Some("number")),
        ]
    );
}

#[test]
fn with_in_a_nested_struct_and_in_a_newtype() {
    #[derive(Serialize, JsonSchema, Property)]
    struct Money(
        #[serde(with = "rust_decimal::serde::str")]
        #[schemars(with = "String")]
        Decimal,
    );

    #[derive(Serialize, JsonSchema, Property)]
    struct Line {
        price: Money,
        #[serde(with = "rust_decimal::serde::str_option")]
        #[schemars(with = "Option<String>")]
        discount: Option<Decimal>,
    }

    #[derive(Serialize, JsonSchema, Trigger)]
    #[trigger(key = "nested_with")]
    struct Event {
        total: Money,
        lines: Vec<Line>,
    }

    let event = |discount| Event {
        total: Money(Decimal::ONE),
        lines: vec![Line { price: Money(Decimal::TEN), discount }],
    };
    agree(&Case {
        present: (
            event(Some(Decimal::TWO)),
            r#"{"total":"1","lines":[{"price":"10","discount":"2"}]}"#,
        ),
        absent: (event(None), r#"{"total":"1","lines":[{"price":"10"}]}"#),
        options: &["lines[].discount"],
    });
}

/// The id is not the first field, and the entity id is read from the right one.
#[test]
fn transparent_tuple_with_a_marker_before_its_value() {
    #[derive(Serialize, Property)]
    #[serde(transparent)]
    struct Marked<'a>(PhantomData<&'a ()>, uuid::Uuid);

    #[derive(Serialize, Trigger)]
    #[trigger(key = "marked", name = "It was marked", entity_id = id)]
    struct Event<'a> {
        id: Marked<'a>,
    }

    let id = uuid::Uuid::from_u128(7);
    let event = Event { id: Marked(PhantomData, id) };
    assert_eq!(Trigger::entity_id(&event), id);
    let payload = payload::to_vec(&event).expect("fits");
    assert_eq!(payload, format!(r#"{{"id":"{id}"}}"#).into_bytes());
}

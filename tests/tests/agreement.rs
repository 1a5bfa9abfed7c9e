//! What the compiler sees by a field's type, and what the dialect says of the document that the
//! field would make, agree.

use std::marker::PhantomData;
use std::sync::Arc;

use serde::Serialize;
use serde_json::{Value, json};
use trigger_core::__private::place;
use trigger_core::Property;
use uuid::Uuid;

/// Whether a type may stand in a place: the constant of the `impl` whose bound holds, and of the
/// trait otherwise.
struct Probe<T>(PhantomData<T>);

trait Otherwise {
    const PROPERTY: bool = false;
    const WITH_EXAMPLE: bool = false;
    const MEMBER: bool = false;
    const TEXT: bool = false;
    const IDENTITY: bool = false;
    const SCHEDULED_AT: bool = false;
}

impl<T> Otherwise for Probe<T> {}

macro_rules! places {
    ($($place:ident: $constant:ident;)*) => {
        $(
            #[allow(dead_code, reason = "of each type, some places are asked for")]
            impl<T: place::$place<0>> Probe<T> {
                const $constant: bool = true;
            }
        )*
    };
}

places! {
    Property: PROPERTY;
    PropertyWithExample: WITH_EXAMPLE;
    MemberWithExample: MEMBER;
    Text: TEXT;
    Identity: IDENTITY;
    ScheduledAt: SCHEDULED_AT;
}

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
}

#[derive(Serialize, Property)]
struct Id(Uuid);

#[derive(Serialize, Property)]
#[expect(dead_code, reason = "only its type is looked at")]
enum Status {
    Sent,
}

/// Whether the dialect takes the property.
fn takes(property: &Value) -> bool {
    let document =
        json!({ "type": "object", "properties": { "it": property }, "required": ["it"] });
    trigger_xtask::judge::document(&document).is_empty()
}

/// The property that a field would make, with the title that every one has.
fn titled(mut property: Value) -> Value {
    property["title"] = json!("It");
    property
}

fn object(members: &Value) -> Value {
    json!({ "type": "object", "title": "Of these", "properties": members })
}

#[test]
fn types_on_the_first_level_with_an_example() {
    let line = object(&json!({ "quantity": { "type": "integer", "title": "Quantity" } }));
    let cases = [
        (Probe::<String>::WITH_EXAMPLE, json!({ "type": "string" }), json!("x")),
        (Probe::<Option<bool>>::WITH_EXAMPLE, json!({ "type": "boolean" }), json!(true)),
        (Probe::<f32>::WITH_EXAMPLE, json!({ "type": "number" }), json!(1.5)),
        (Probe::<Arc<u8>>::WITH_EXAMPLE, json!({ "type": "integer" }), json!(1)),
        (
            Probe::<Status>::WITH_EXAMPLE,
            json!({ "type": "string", "enum": ["Sent"] }),
            json!("Sent"),
        ),
        (Probe::<Line>::WITH_EXAMPLE, line.clone(), json!({ "quantity": 1 })),
        (Probe::<Vec<Line>>::WITH_EXAMPLE, json!({ "type": "array", "items": line }), json!([])),
        // Outside of the dialect from here on.
        (
            Probe::<Vec<String>>::WITH_EXAMPLE,
            json!({ "type": "array", "items": { "type": "string" } }),
            json!(["x"]),
        ),
        (
            Probe::<Vec<Vec<Line>>>::WITH_EXAMPLE,
            json!({ "type": "array", "items": { "type": "array", "items": line } }),
            json!([[]]),
        ),
        (Probe::<()>::WITH_EXAMPLE, json!({ "type": "null" }), json!(null)),
        (Probe::<Value>::WITH_EXAMPLE, json!({}), json!(1)),
        (
            Probe::<(u8, u8)>::WITH_EXAMPLE,
            json!({ "type": "array", "items": [{ "type": "integer" }, { "type": "integer" }] }),
            json!([1, 1]),
        ),
        (
            Probe::<std::collections::BTreeMap<String, u8>>::WITH_EXAMPLE,
            json!({ "type": "object", "additionalProperties": { "type": "integer" } }),
            json!({}),
        ),
    ];
    for (compiles, mut property, example) in cases {
        property["examples"] = json!([example]);
        let property = titled(property);
        assert_eq!(compiles, takes(&property), "{property}");
    }
}

#[test]
fn types_on_the_first_level_without_an_example() {
    // What brings its own example, the document has; what does not, it has not.
    let cases = [
        (Probe::<String>::PROPERTY, json!({ "type": "string" })),
        (Probe::<Option<String>>::PROPERTY, json!({ "type": "string" })),
        (Probe::<bool>::PROPERTY, json!({ "type": "boolean", "examples": [true] })),
        (
            Probe::<Uuid>::PROPERTY,
            json!({
                "type": "string", "format": "uuid", "examples": [Uuid::nil()],
            }),
        ),
    ];
    for (compiles, property) in cases {
        let property = titled(property);
        assert_eq!(compiles, takes(&property), "{property}");
    }
}

#[test]
fn types_inside_an_object() {
    let line = object(&json!({ "quantity": { "type": "integer", "title": "Quantity" } }));
    let cases = [
        (Probe::<String>::MEMBER, json!({ "type": "string" }), json!("x")),
        (Probe::<Option<i64>>::MEMBER, json!({ "type": "integer" }), json!(1)),
        (Probe::<Id>::MEMBER, json!({ "type": "string", "format": "uuid" }), json!(Uuid::nil())),
        (Probe::<Line>::MEMBER, line.clone(), json!({ "quantity": 1 })),
        (Probe::<Vec<Line>>::MEMBER, json!({ "type": "array", "items": line }), json!([])),
        (
            Probe::<Vec<u8>>::MEMBER,
            json!({ "type": "array", "items": { "type": "integer" } }),
            json!([1]),
        ),
    ];
    for (compiles, member, example) in cases {
        let member = titled(member);
        let mut property = object(&json!({ "member": member }));
        property["examples"] = json!([{ "member": example }]);
        assert_eq!(compiles, takes(&property), "{property}");
    }
}

#[test]
fn types_with_a_format_or_a_role() {
    let integer = json!({ "type": "integer", "examples": [1] });
    let uuid = json!({ "type": "string", "format": "uuid", "examples": [Uuid::nil()] });
    let date_time =
        json!({ "type": "string", "format": "date-time", "examples": ["2026-01-15T09:30:00Z"] });
    let date = json!({ "type": "string", "format": "date", "examples": ["2026-01-15"] });
    let with = |property: &Value, keyword: &str, value: Value| {
        let mut property = titled(property.clone());
        property[keyword] = value;
        property
    };
    let cases = [
        (
            Probe::<String>::TEXT,
            with(&json!({ "type": "string", "examples": ["a@b.cd"] }), "format", json!("email")),
        ),
        (Probe::<u8>::TEXT, with(&integer, "format", json!("email"))),
        (Probe::<Uuid>::IDENTITY, with(&uuid, "identityType", json!("contact"))),
        (Probe::<Id>::IDENTITY, with(&uuid, "identityType", json!("member"))),
        (Probe::<u8>::IDENTITY, with(&integer, "identityType", json!("user"))),
        (Probe::<jiff::Timestamp>::SCHEDULED_AT, with(&date_time, "futureDate", json!(true))),
        (Probe::<jiff::civil::Date>::SCHEDULED_AT, with(&date, "futureDate", json!(true))),
        (Probe::<Uuid>::SCHEDULED_AT, with(&uuid, "futureDate", json!(true))),
        (Probe::<u8>::SCHEDULED_AT, with(&integer, "futureDate", json!(true))),
    ];
    for (compiles, property) in cases {
        assert_eq!(compiles, takes(&property), "{property}");
    }
}

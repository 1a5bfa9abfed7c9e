//! The dialect as documents: whole ones, and each just outside of it.

use serde_json::{Value, json};
use trigger_xtask::judge;

/// A document of one property of each kind.
fn whole() -> Value {
    json!({
        "$schema": "http://json-schema.org/draft-07/schema",
        "title": "Invoice due",
        "type": "object",
        "properties": {
            "dueAt": {
                "type": "string", "title": "Due at", "format": "date-time", "futureDate": true,
                "examples": ["2026-01-15T09:30:00Z"],
            },
            "contactId": {
                "type": "string", "title": "Contact ID", "format": "uuid",
                "identityType": "contact", "namespace": "customer",
                "examples": ["2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"],
            },
            "status": {
                "type": "string", "title": "Status", "enum": ["SENT", "VIEWED"],
                "examples": ["SENT"], "default": "SENT", "hidden": true,
            },
            "count": {
                "type": "integer", "title": "Count", "examples": [1],
                "oneOf": [{ "const": 1, "title": "One" }, { "const": 2 }],
            },
            "total": {
                "type": "object", "title": "Total", "wixCustomType": "MONEY",
                "properties": {
                    "value": { "type": "string", "title": "Value", "format": "number" },
                    "currency": { "type": "string", "title": "Currency" },
                },
                "required": ["value"],
                "examples": [{ "value": "120.50", "currency": "EUR" }],
            },
            "lines": {
                "type": "array", "title": "Lines",
                "items": {
                    "type": "object",
                    "properties": {
                        "text": { "type": "string", "title": "Text", "description": "What it is." },
                        "price": { "type": "number", "title": "Price", "default": 1.5 },
                    },
                    "required": ["text"],
                },
                "examples": [[{ "text": "Lesson", "price": 2 }]],
            },
        },
        "required": ["dueAt", "contactId"],
        "additionalProperties": true,
    })
}

/// The rules that are broken, in their order, with their places.
fn broken(document: &Value) -> Vec<String> {
    let findings = judge::document(document);
    let mut broken: Vec<_> =
        findings.iter().map(|finding| format!("{} {}", finding.rule.id, finding.pointer)).collect();
    broken.sort();
    broken
}

/// The document with `value` at `pointer`, or without what stands there.
fn changed(pointer: &str, value: Option<Value>) -> Value {
    let mut document = whole();
    let (parent, key) = pointer.rsplit_once('/').expect("a pointer");
    let parent = document.pointer_mut(parent).expect("a place in the document");
    match (parent, value) {
        (Value::Object(members), Some(value)) => {
            members.insert(key.to_owned(), value);
        }
        (Value::Object(members), None) => {
            members.remove(key).expect("something to remove");
        }
        (Value::Array(items), Some(value)) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("{pointer} is no place for this"),
    }
    document
}

#[test]
fn a_whole_document_is_in_the_dialect() {
    assert_eq!(broken(&whole()), [] as [&str; 0]);
}

#[test]
fn a_document_that_is_no_object_is_not() {
    for document in [json!(null), json!([]), json!("x"), json!(true)] {
        assert_eq!(broken(&document), ["T026 "], "{document}");
    }
    assert_eq!(broken(&json!({})), ["T026 ", "T026 "]);
    let empty = json!({ "type": "object", "properties": {} });
    assert_eq!(broken(&empty), ["T008 /properties"]);
}

macro_rules! outside {
    ($($name:ident: $pointer:literal => $value:tt, $expected:expr;)*) => {
        $(
            #[test]
            fn $name() {
                let expected: &[&str] = &$expected;
                assert_eq!(broken(&changed($pointer, outside!(@ $value))), expected);
            }
        )*
    };
    (@ -) => { None };
    (@ $value:tt) => { Some(json!($value)) };
}

outside! {
    type_of_the_root: "/type" => "array", ["T026 /type"];
    unknown_at_the_root: "/$defs" => {}, ["T025 /$defs"];
    union: "/properties/count/type" => ["integer", "null"], ["T022 /properties/count/type"];
    no_type: "/properties/count/type" => -, ["T022 /properties/count"];
    no_title: "/properties/count/title" => -, ["T047 /properties/count"];
    blank_title: "/properties/count/title" => " ", ["T046 /properties/count/title"];
    no_examples: "/properties/count/examples" => -, ["T040 /properties/count"];
    empty_examples: "/properties/count/examples" => [], ["T040 /properties/count/examples"];
    example_of_another_type: "/properties/count/examples/0" => "x",
        ["T041 /properties/count/examples/0"];
    example_outside_its_format: "/properties/dueAt/examples/0" => "tomorrow",
        ["T042 /properties/dueAt/examples/0"];
    default_of_another_type: "/properties/status/default" => 1,
        ["T041 /properties/status/default"];
    empty_description: "/properties/count/description" => "", ["T046 /properties/count/description"];
    reference: "/properties/count/$ref" => "#/x", ["T025 /properties/count/$ref"];
    minimum: "/properties/count/minimum" => 0, ["T025 /properties/count/minimum"];
    any_of: "/properties/count/anyOf" => [{}], ["T025 /properties/count/anyOf"];
    format_on_an_integer: "/properties/count/format" => "date", ["T044 /properties/count/format"];
    unknown_format: "/properties/dueAt/format" => "int32",
        ["T030 /properties/dueAt/format", "T043 /properties/dueAt/format"];
    identity_without_a_format: "/properties/contactId/format" => -, ["T031 /properties/contactId"];
    unknown_identity: "/properties/contactId/identityType" => "guest",
        ["T031 /properties/contactId/identityType"];
    namespace_without_an_identity: "/properties/dueAt/namespace" => "x", ["T045 /properties/dueAt"];
    future_date_on_a_date: "/properties/dueAt/format" => "date",
        ["T030 /properties/dueAt/format", "T042 /properties/dueAt/examples/0"];
    optional_future_date: "/required" => ["contactId"], ["T030 /properties/dueAt/futureDate"];
    required_but_not_described: "/required/1" => "nobody",
        ["T027 /required/1"];
    required_twice: "/required/1" => "dueAt", ["T027 /required"];
    required_member_not_described: "/properties/total/required" => ["amount"],
        ["T027 /properties/total/required/0", "T041 /properties/total/examples/0"];
    required_member_of_an_item: "/properties/lines/items/required/0" => "amount",
        ["T027 /properties/lines/items/required/0", "T041 /properties/lines/examples/0/0"];
    no_choice: "/properties/status/enum" => [], [
        "T028 /properties/status/enum",
        "T041 /properties/status/default",
        "T041 /properties/status/examples/0"
    ];
    choice_of_another_type: "/properties/status/enum/1" => 1, ["T028 /properties/status/enum/1"];
    two_choices: "/properties/count/enum" => [1], ["T028 /properties/count"];
    choice_of_objects: "/properties/total/enum" => [{ "value": "120.50", "currency": "EUR" }],
        ["T028 /properties/total/enum"];
    array_without_items: "/properties/lines/items" => -, ["T024 /properties/lines"];
    array_of_strings: "/properties/lines/items" => { "type": "string" }, [
        "T024 /properties/lines/items",
        "T024 /properties/lines/items/type",
        "T041 /properties/lines/examples/0/0"
    ];
    items_of_a_string: "/properties/dueAt/items" => { "type": "object" }, [
        "T024 /properties/dueAt/items",
        "T025 /properties/dueAt/items"
    ];
    object_without_members: "/properties/total/properties" => -, [
        "T022 /properties/total", "T029 /properties/total"
    ];
    members_of_a_string: "/properties/dueAt/required" => [], ["T025 /properties/dueAt/required"];
    property_that_is_no_object: "/properties/count" => true, ["T022 /properties/count"];
    member_that_is_no_object: "/properties/lines/items/properties/price" => 1, [
        "T023 /properties/lines/items/properties/price"
    ];
    union_with_a_format: "/properties/dueAt/type" => ["string", "null"], [
        "T022 /properties/dueAt/type",
        "T030 /properties/dueAt/type"
    ];
    choice_that_stands_twice: "/properties/count/oneOf" => [
        { "const": 2, "title": "Two" }, { "const": 1 }, { "const": 2 }
    ], ["T028 /properties/count/oneOf/2/const"];
    empty_namespace: "/properties/contactId/namespace" => "",
        ["T046 /properties/contactId/namespace"];
    empty_custom_type: "/properties/total/wixCustomType" => " ",
        ["T046 /properties/total/wixCustomType"];
    integer_beyond_a_double: "/properties/lines/items/properties/price" => {
        "type": "integer", "title": "Price", "default": 9_007_199_254_740_993_i64
    }, ["T051 /properties/lines/items/properties/price/default"];
    member_of_a_member: "/properties/lines/items/properties/text/required" => ["x"],
        ["T025 /properties/lines/items/properties/text/required"];
    empty_default_of_the_root: "/default" => {}, [];
    other_money: "/properties/total/properties/value/type" => "number", [
        "T029 /properties/total/properties/value/type",
        "T041 /properties/total/examples/0/value",
        "T044 /properties/total/properties/value/format"
    ];
    nested_object: "/properties/total/properties/value/type" => "object", [
        "T023 /properties/total/properties/value/type",
        "T029 /properties/total/properties/value/type",
        "T041 /properties/total/examples/0/value",
        "T044 /properties/total/properties/value/format"
    ];
    example_of_a_member: "/properties/total/properties/value/examples" => ["1"],
        ["T048 /properties/total/properties/value/examples"];
    member_without_a_title: "/properties/total/properties/value/title" => -,
        ["T047 /properties/total/properties/value"];
    identity_of_a_member: "/properties/total/properties/value/identityType" => "contact",
        ["T031 /properties/total/properties/value/identityType"];
}

#[test]
fn names_outside_of_the_pattern() {
    for name in ["due-at", "_dueAt", "", "due at", "fällig"] {
        let property = json!({ "type": "boolean", "title": "It", "examples": [true] });
        let mut document = whole();
        document["properties"][name] = property;
        assert_eq!(broken(&document), [format!("T020 /properties/{name}")]);
    }
}

#[test]
fn one_date_and_one_of_each_identity() {
    let mut document = whole();
    for (one, other) in [("dueAt", "paidAt"), ("contactId", "payer")] {
        document["properties"][other] = document["properties"][one].clone();
    }
    document["required"] = json!(["dueAt", "contactId", "paidAt", "payer"]);
    let mut rules = broken(&document);
    rules.sort();
    assert_eq!(
        rules,
        ["T030 /properties/paidAt/futureDate", "T031 /properties/payer/identityType"]
    );
    document["properties"]["payer"]["identityType"] = json!("member");
    assert_eq!(broken(&document), ["T030 /properties/paidAt/futureDate"]);
}

#[test]
fn every_format_of_the_table_is_known_on_both_levels() {
    for format in trigger_core::schema::Format::ALL {
        let mut property = json!({ "type": "string", "title": "It", "format": format.name() });
        let mut document = whole();
        document["properties"]["total"]["properties"]["note"] = property.clone();
        property["examples"] = json!([format.sample()]);
        document["properties"]["it"] = property;
        assert_eq!(broken(&document), [] as [&str; 0], "{}", format.name());
    }
}

#[test]
fn all_that_an_example_lacks_is_told() {
    let mut document = whole();
    document["properties"]["total"]["required"] = json!(["value", "currency"]);
    document["properties"]["total"]["examples"] = json!([{}]);
    assert_eq!(broken(&document), ["T041 /properties/total/examples/0"; 2]);
}

#[test]
fn fields_may_hold_other_values_than_text() {
    let member = |ty| json!({ "type": ty, "title": "It" });
    let mut document = whole();
    document["properties"]["fields"] = json!({
        "type": "array", "title": "Fields", "wixCustomType": "FIELDS", "examples": [[]],
        "items": {
            "type": "object",
            "properties": { "label": member("string"), "value": member("number") },
        },
    });
    assert_eq!(broken(&document), [] as [&str; 0]);
}

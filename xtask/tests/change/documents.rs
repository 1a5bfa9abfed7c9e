//! Payload schemas over the whole dialect.

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};
use trigger_core::schema::Format;

/// Keys of properties, none of them like another.
const KEYS: [&str; 7] = ["alpha", "bravo", "charlie", "delta", "foxtrot", "hotel", "juliett"];
const VALUES: [&str; 4] = ["SENT", "VIEWED", "PAID", "LOST"];
const IDENTITIES: [&str; 4] = ["contact", "member", "visitor", "user"];

/// Any payload schema of the dialect; now and then the one with everything, which has what only
/// many properties together can have.
pub(super) fn schema() -> impl Strategy<Value = Value> {
    prop_oneof![9 => any_schema(), 1 => Just(whole())]
}

fn any_schema() -> impl Strategy<Value = Value> {
    let properties = btree_map(select(&KEYS[..]), property(), 1..=KEYS.len());
    let root = option::of(Just(json!("Class full")));
    let roles = (any::<bool>(), subsequence(&IDENTITIES[..], 0..=4), any::<u64>());
    (properties, root, roles).prop_map(|(properties, title, (is_scheduled, identities, bits))| {
        let mut properties: Map<String, Value> =
            properties.into_iter().map(|(key, property)| (key.to_owned(), property)).collect();
        let mut required = some(&properties, bits);
        give_identities(&mut properties, &identities);
        if is_scheduled {
            schedule(&mut properties, &mut required);
        }
        let mut schema = json!({ "type": "object", "properties": properties });
        set(&mut schema, "title", title);
        set(&mut schema, "required", (!required.is_empty()).then(|| json!(required)));
        schema
    })
}

/// A schema with everything that a schema may have.
pub(super) fn whole() -> Value {
    let uuid = "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50";
    let date = "2026-01-15T09:30:00Z";
    json!({
        "type": "object",
        "properties": {
            "alpha": {
                "type": "string", "title": "Due at", "format": "date-time", "futureDate": true,
                "examples": [date],
            },
            "bravo": {
                "type": "string", "title": "Paid at", "format": "date-time", "examples": [date],
            },
            "charlie": {
                "type": "string", "title": "Contact ID", "format": "uuid",
                "identityType": "contact", "namespace": "customer", "examples": [uuid],
            },
            "delta": {
                "type": "string", "title": "Status", "oneOf": [
                    { "const": "SENT", "title": "Sent" }, { "const": "PAID" },
                ],
                "examples": ["SENT"], "default": "SENT", "hidden": true,
            },
            "foxtrot": {
                "type": "string", "title": "Image", "format": "uri", "wixCustomType": "IMAGE_URL",
                "examples": ["https://example.com/a.png"],
            },
            "hotel": {
                "type": "array", "title": "Lines", "examples": [[{ "alpha": "Lesson" }]],
                "items": {
                    "type": "object", "title": "Line",
                    "properties": {
                        "alpha": { "type": "string", "title": "Text", "enum": ["Lesson", "Book"] },
                        "bravo": { "type": "string", "title": "Price", "format": "number" },
                    },
                    "required": ["alpha"],
                },
            },
            "juliett": {
                "type": "string", "title": "Invoice ID", "format": "uuid", "examples": [uuid],
            },
        },
        "required": ["alpha", "bravo", "hotel"],
    })
}

fn property() -> impl Strategy<Value = Value> {
    let scalar = scalar().prop_map(|(mut property, example)| {
        property["examples"] = json!([example]);
        property
    });
    let object = members().prop_map(|(members, required)| {
        let example = example_of(&members);
        let mut property = json!({
            "type": "object", "title": "Object", "properties": members, "examples": [example],
        });
        set(&mut property, "required", (!required.is_empty()).then(|| json!(required)));
        property
    });
    let array = (members(), any::<bool>()).prop_map(|((members, required), is_titled)| {
        let example = example_of(&members);
        let mut items = json!({ "type": "object", "properties": members });
        set(&mut items, "required", (!required.is_empty()).then(|| json!(required)));
        set(&mut items, "title", is_titled.then(|| json!("Item")));
        json!({ "type": "array", "title": "List", "items": items, "examples": [[example]] })
    });
    prop_oneof![4 => scalar, 1 => object, 1 => array, 1 => Just(money()), 1 => Just(image())]
}

/// Members and those of them that are required.
fn members() -> impl Strategy<Value = (Map<String, Value>, Vec<String>)> {
    let member = scalar().prop_map(|(member, _)| member);
    (btree_map(select(&KEYS[..]), member, 1..4), any::<u64>()).prop_map(|(members, bits)| {
        let members: Map<_, _> =
            members.into_iter().map(|(key, member)| (key.to_owned(), member)).collect();
        let required = some(&members, bits);
        (members, required)
    })
}

/// A scalar and an example of it.
fn scalar() -> impl Strategy<Value = (Value, Value)> {
    let format = select(Format::ALL).prop_map(|format| {
        let example = json!(format.sample());
        (json!({ "type": "string", "format": format.name() }), example)
    });
    let choice = vec(select(&VALUES[..]), 1..4).prop_map(|mut values| {
        values.sort_unstable();
        values.dedup();
        (json!({ "type": "string", "enum": values }), json!(values[0]))
    });
    let titled = subsequence(&VALUES[..], 1..4).prop_map(|values| {
        let choices: Vec<_> =
            values.iter().map(|value| json!({ "const": value, "title": "A value" })).collect();
        (json!({ "type": "string", "oneOf": choices }), json!(values[0]))
    });
    let plain = select(vec![
        (json!({ "type": "string" }), json!("text")),
        (json!({ "type": "number" }), json!(1.5)),
        (json!({ "type": "integer" }), json!(1)),
        (json!({ "type": "boolean" }), json!(true)),
    ]);
    let kind = prop_oneof![format, choice, titled, plain];
    let texts = (select(vec!["Title", "Other"]), option::of(Just(json!("A description."))));
    (kind, texts, any::<bool>(), any::<bool>()).prop_map(
        |((mut property, example), (title, description), is_hidden, has_default)| {
            property["title"] = json!(title);
            set(&mut property, "description", description);
            set(&mut property, "hidden", is_hidden.then_some(json!(true)));
            set(&mut property, "default", has_default.then_some(example.clone()));
            (property, example)
        },
    )
}

fn money() -> Value {
    json!({
        "type": "object", "title": "Total", "wixCustomType": "MONEY",
        "properties": {
            "value": { "type": "string", "title": "Value", "format": "number" },
            "currency": { "type": "string", "title": "Currency" },
        },
        "required": ["value", "currency"],
        "examples": [{ "value": "120.50", "currency": "EUR" }],
    })
}

fn image() -> Value {
    json!({
        "type": "string", "title": "Image", "format": "uri", "wixCustomType": "IMAGE_URL",
        "examples": ["https://example.com/a.png"],
    })
}

fn set(schema: &mut Value, keyword: &str, value: Option<Value>) {
    if let Some(value) = value {
        schema[keyword] = value;
    }
}

fn some(members: &Map<String, Value>, bits: u64) -> Vec<String> {
    let chosen = members.keys().enumerate().filter(|(at, _)| bits >> (at % 64) & 1 == 1);
    chosen.map(|(_, key)| key.clone()).collect()
}

/// Marks strings of `format: uuid`, as long as there are some.
fn give_identities(properties: &mut Map<String, Value>, identities: &[&str]) {
    let ids = properties.values_mut().filter(|property| property["format"] == "uuid");
    for (property, identity) in ids.zip(identities) {
        property["identityType"] = json!(identity);
        if *identity == "member" {
            property["namespace"] = json!("somebody");
        }
    }
}

/// Marks the first date-time, if there is one.
fn schedule(properties: &mut Map<String, Value>, required: &mut Vec<String>) {
    let date = properties.iter_mut().find(|(_, property)| property["format"] == "date-time");
    if let Some((name, property)) = date {
        property["futureDate"] = json!(true);
        if !required.contains(name) {
            required.push(name.clone());
        }
    }
}

/// An object with every member.
fn example_of(members: &Map<String, Value>) -> Value {
    let example = |member: &Value| match member["type"].as_str() {
        Some("number") => json!(1.5),
        Some("integer") => json!(1),
        Some("boolean") => json!(true),
        _ => match (&member["enum"][0], &member["oneOf"][0]["const"], member["format"].as_str()) {
            (Value::String(value), _, _) | (_, Value::String(value), _) => json!(value),
            (_, _, Some(name)) => {
                let format = Format::ALL.iter().find(|format| format.name() == name);
                json!(format.expect("a format").sample())
            }
            _ => json!("text"),
        },
    };
    Value::Object(members.iter().map(|(key, member)| (key.clone(), example(member))).collect())
}

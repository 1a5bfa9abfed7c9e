//! Payload schemas over the whole dialect, with keys and texts that are hard to write in Rust.

use std::collections::BTreeMap;

use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::{Map, Value, json};
use trigger_core::schema::Format;

const KEYS: [&str; 40] = [
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "fn",
    "gen",
    "async",
    "dueAt",
    "due_at",
    "DueAt",
    "DUE_AT",
    "due_at_2",
    "1st",
    "2",
    "imageURL",
    "image_url",
    "a_",
    "a__b",
    "x",
    "X",
    "option",
    "string",
    "vec",
    "uuid",
    "date",
    "serialize",
    "property",
    "trigger",
    "lines",
    "line",
    "Lines",
    "contactId",
    "status",
    "Status",
    "classFull",
    "money",
    "timestamp",
    "addresses",
    "none",
];
const TEXTS: [&str; 24] = [
    "Title",
    "`a` [b](c) d",
    "quote \" and \\ slash",
    "two  spaces",
    " at the start",
    "at the end ",
    "line\nbreak",
    "tab\there",
    "\u{202e}turned around",
    "https://example.com/a",
    "<b>bold</b>",
    "{}",
    "// no comment",
    "*/ /*",
    "\0",
    "\u{e9}t\u{e9}",
    "e\u{301}",
    "\u{1f600}",
    "'",
    "#",
    "r#\"",
    "[`Link`]",
    "1.",
    "- point",
];
const VALUES: [&str; 16] = [
    "SENT",
    "VIEWED",
    "PAID",
    "BANK_TRANSFER",
    "sent",
    "in progress",
    "in_progress",
    "inProgress",
    "",
    " ",
    "1",
    "self",
    "Self",
    "\u{e4}",
    "\u{f6}",
    "\"",
];
const IDENTITIES: [&str; 4] = ["contact", "member", "visitor", "user"];

/// Any payload schema of the dialect.
pub(super) fn schemas() -> impl Strategy<Value = Value> {
    let properties = btree_map(key(), property(), 1..8);
    let roles = (any::<bool>(), subsequence(&IDENTITIES[..], 0..=4), any::<u64>(), any::<bool>());
    let whole = (label(), any::<[bool; 2]>());
    (properties, roles, whole).prop_map(|(properties, roles, (label, has))| {
        let (is_scheduled, identities, bits, is_saved) = roles;
        let mut properties = Map::from_iter(properties);
        repeat(&mut properties, bits);
        let mut required = some(&properties, bits);
        give_identities(&mut properties, &identities);
        if is_scheduled {
            schedule(&mut properties, &mut required);
        }
        let payload = |bits| json!(payload(&properties, &required, bits));
        let [has_default, has_examples] = has;
        let default = if is_saved { json!({}) } else { payload(bits) };
        let examples = json!([payload(u64::MAX), payload(bits >> 8)]);
        let mut schema = json!({ "type": "object", "properties": properties });
        set(&mut schema, "required", Some(json!(required)));
        set(&mut schema, "default", has_default.then_some(default));
        set(&mut schema, "examples", has_examples.then_some(examples));
        give_label(&mut schema, label);
        if is_saved {
            schema["$schema"] = json!("http://json-schema.org/draft-07/schema");
            schema["$id"] = json!("https://example.com/class_full.json");
            schema["additionalProperties"] = json!(true);
        }
        schema
    })
}

/// A payload of the first examples of what is required and of some other properties.
fn payload(properties: &Map<String, Value>, required: &[String], bits: u64) -> Map<String, Value> {
    let all = properties.iter().enumerate();
    let shown = all.filter(|(at, (key, _))| required.contains(*key) || bits >> (at % 64) & 1 == 1);
    shown.map(|(_, (key, property))| (key.clone(), property["examples"][0].clone())).collect()
}

type Label = [Option<String>; 2];

/// A title and a description, of which both may be missing.
fn label() -> impl Strategy<Value = Label> {
    [option::weighted(0.3, text()), option::weighted(0.2, text())]
}

fn give_label(schema: &mut Value, [title, description]: Label) {
    set(schema, "title", title.map(Value::from));
    set(schema, "description", description.map(Value::from));
}

fn key() -> impl Strategy<Value = String> {
    prop_oneof![
        2 => select(&KEYS[..]).prop_map(str::to_owned),
        1 => "[A-Za-z0-9][A-Za-z0-9_]{0,12}",
    ]
}

fn text() -> impl Strategy<Value = String> {
    let long = vec("[A-Za-z,.]{1,12}", 1..60).prop_map(|words| words.join(" "));
    let text = prop_oneof![select(&TEXTS[..]).prop_map(str::to_owned), long, "\\PC{1,30}"];
    text.prop_filter("a blank text", |text| !text.trim().is_empty())
}

fn property() -> impl Strategy<Value = Value> {
    let scalar = (scalar(), 1..3_usize).prop_map(|((mut property, values), count)| {
        property["examples"] = json!(values[..count.min(values.len())]);
        property
    });
    let object = (members(), option::of(label()));
    let object = object.prop_map(|((members, required, examples), of_items)| {
        let mut object = json!({ "type": "object", "properties": members });
        set(&mut object, "required", (!required.is_empty()).then(|| json!(required)));
        if let Some(label) = of_items {
            give_label(&mut object, label);
            json!({ "type": "array", "items": object, "examples": [examples, []] })
        } else {
            object["default"] = examples[0].clone();
            object["examples"] = json!(examples);
            object
        }
    });
    let texts = (text(), option::of(text()));
    let described =
        (prop_oneof![3 => scalar, 2 => object], texts).prop_map(|(mut property, texts)| {
            property["title"] = json!(texts.0);
            set(&mut property, "description", texts.1.map(|text| json!(text)));
            property
        });
    prop_oneof![8 => described, 1 => select(vec![money(), image(), chosen_image(), attachment(), fields()])]
}

/// Members, those of them that are required, and examples of the object.
fn members() -> impl Strategy<Value = (Map<String, Value>, Vec<String>, Vec<Value>)> {
    let member = (scalar(), text(), option::of(text()));
    (btree_map(key(), member, 1..4), any::<u64>(), any::<u64>()).prop_map(|(all, bits, shown)| {
        let mut members = Map::new();
        for (key, ((mut member, _), title, description)) in all.clone() {
            member["title"] = json!(title);
            set(&mut member, "description", description.map(|text| json!(text)));
            members.insert(key, member);
        }
        let required = some(&members, bits);
        let examples = vec![example(&all, &required, u64::MAX), example(&all, &required, shown)];
        (members, required, examples)
    })
}

type Member = ((Value, Vec<Value>), String, Option<String>);

/// An object with the required members and some others.
fn example(all: &BTreeMap<String, Member>, required: &[String], bits: u64) -> Value {
    let shown = all
        .iter()
        .enumerate()
        .filter(|(at, (key, _))| required.contains(*key) || bits >> (at % 64) & 1 == 1);
    let last = |values: &[Value]| values.last().cloned().expect("a value");
    Value::Object(shown.map(|(_, (key, ((_, values), ..)))| (key.clone(), last(values))).collect())
}

/// A scalar without its title, and values of it.
fn scalar() -> impl Strategy<Value = (Value, Vec<Value>)> {
    let format = select(Format::ALL).prop_map(|format| {
        (json!({ "type": "string", "format": format.name() }), vec![json!(format.sample())])
    });
    let uuid = any::<u128>().prop_map(|number| {
        let id = uuid::Uuid::from_u128(number).to_string();
        (json!({ "type": "string", "format": "uuid" }), vec![json!(id)])
    });
    let date = Just((
        json!({ "type": "string", "format": "date-time" }),
        vec![json!("2022-10-27T15:15:39+00:00"), json!("2026-01-15T09:30:00Z")],
    ));
    let number = prop_oneof![
        any::<f64>().prop_filter("no JSON", |it| it.is_finite()),
        select(vec![12.0, 0.0, -0.5, 1e300, 1e-7]),
    ];
    let integer = prop_oneof![-(1_i64 << 53)..=(1 << 53), 0_i64..20];
    let plain = prop_oneof![
        vec(prop_oneof![text(), Just(String::new())], 1..3).prop_map(|texts| (
            json!({ "type": "string" }),
            texts.into_iter().map(Value::from).collect()
        )),
        vec(number, 1..3).prop_map(|values| (
            json!({ "type": "number" }),
            values.into_iter().map(Value::from).collect()
        )),
        vec(integer.clone(), 1..3).prop_map(|values| (
            json!({ "type": "integer" }),
            values.into_iter().map(Value::from).collect()
        )),
        integer.prop_map(|value| (json!({ "type": "number" }), vec![json!(value)])),
        any::<bool>().prop_map(|value| (json!({ "type": "boolean" }), vec![json!(value)])),
    ];
    let kind = prop_oneof![2 => format, 1 => uuid, 1 => date, 3 => choice(), 4 => plain];
    let shape = option::weighted(0.1, Just("SOME_SHAPE"));
    (kind, any::<bool>(), option::weighted(0.3, Just(())), shape).prop_map(
        |((mut property, values), is_hidden, default, shape): (_, _, _, _)| {
            let (property_values, default) = (values, default);
            set(&mut property, "hidden", is_hidden.then_some(json!(true)));
            set(&mut property, "default", default.map(|()| first(&property_values)));
            set(&mut property, "wixCustomType", shape.map(|shape| json!(shape)));
            (property, property_values)
        },
    )
}

/// A property that lists values, as `enum` or as `oneOf`, and one of them.
fn choice() -> impl Strategy<Value = (Value, Vec<Value>)> {
    let all = |values: &[Value]| subsequence(values.to_vec(), 1..=values.len());
    let texts = VALUES.map(Value::from);
    let ids = ["f2b6c1f4-0a51-4c39-8d3b-6d6c9b1f2e77", "F2B6C1F4-0A51-4C39-8D3B-6D6C9B1F2E78"];
    let dates = ["2022-10-27T15:15:39+00:00", "2026-01-15T09:30:00Z"];
    let [ids, dates] = [ids.map(Value::from), dates.map(Value::from)];
    let numbers =
        [json!(12), json!(1.5), json!(-0.5), json!(0.0), json!(1e300), json!(1_u64 << 53)];
    let integers = [json!(1), json!(2), json!(0), json!(-7), json!(-(1_i64 << 53))];
    let of = |kind: Value, values: BoxedStrategy<Vec<Value>>| {
        values.prop_map(move |values| (kind.clone(), values))
    };
    let text = |format: Format| json!({ "type": "string", "format": format.name() });
    let kinds = prop_oneof![
        4 => of(json!({ "type": "string" }), all(&texts).boxed()),
        1 => of(text(Format::Uuid), all(&ids).boxed()),
        1 => of(text(Format::DateTime), all(&dates).boxed()),
        1 => select(Format::ALL).prop_map(move |it| (text(it), vec![json!(it.sample())])),
        1 => of(json!({ "type": "number" }), all(&numbers).boxed()),
        1 => of(json!({ "type": "integer" }), all(&integers).boxed()),
        1 => of(json!({ "type": "boolean" }), all(&[json!(true), json!(false)]).boxed()),
    ];
    let labels = option::of(vec(label(), texts.len()));
    (kinds, labels, any::<prop::sample::Index>()).prop_map(
        |((mut property, values), labels, at)| {
            let example = values[at.index(values.len())].clone();
            match labels {
                None => property["enum"] = json!(values),
                Some(labels) => {
                    let one_of = values.into_iter().zip(labels).map(|(value, label)| {
                        let mut choice = json!({ "const": value });
                        give_label(&mut choice, label);
                        choice
                    });
                    property["oneOf"] = one_of.collect();
                }
            }
            (property, vec![example])
        },
    )
}

fn first(values: &[Value]) -> Value {
    values.first().cloned().expect("a value")
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

fn chosen_image() -> Value {
    let mut image = image();
    image["enum"] = json!(["https://example.com/a.png", "https://example.com/image.png"]);
    // What the type of an image gives by itself.
    image["examples"] = json!(["https://example.com/image.png"]);
    image
}

fn attachment() -> Value {
    json!({
        "type": "object", "title": "Ticket", "wixCustomType": "ATTACHMENT",
        "properties": {
            "fileName": { "type": "string", "title": "File name" },
            "downloadUrl": { "type": "string", "title": "Download URL", "format": "uri" },
        },
        "required": ["downloadUrl", "fileName"],
        "examples": [{ "fileName": "a.pdf", "downloadUrl": "https://example.com/a.pdf" }],
    })
}

fn fields() -> Value {
    json!({
        "type": "array", "title": "Fields", "wixCustomType": "FIELDS",
        "items": {
            "type": "object",
            "properties": {
                "label": { "type": "string", "title": "Label" },
                "value": { "type": "string", "title": "Value" },
            },
        },
        "examples": [[{ "label": "Name", "value": "Ada" }], []],
    })
}

/// Puts a property there twice, the second time with its examples in another order.
fn repeat(properties: &mut Map<String, Value>, bits: u64) {
    let Some((_, property)) = properties.iter().next() else { return };
    let mut property = property.clone();
    let examples = property["examples"].as_array_mut().expect("examples");
    examples.reverse();
    if bits & 1 == 1 {
        properties.insert("again".to_owned(), property);
    }
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
            property["namespace"] = json!("some\"body");
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

//! Payload schemas at random, and payloads for those that are schemas.

use std::time::Instant;

use fastrand::Rng;
use serde_json::{Map, Value, json};

use super::evil::{self, pick};
use super::world::LIMIT;
use super::{Met, run};
use crate::TriggerDefinition;

const NAMES: [&str; 6] = ["a", "b", "dueAt", "", "$ref", "children"];

const PATTERNS: [&str; 12] = [
    "^a+$",
    "(a+)+$",
    "(a|a)*b\\1",
    "^(?=(a+))\\1b",
    "((a{1,200}){1,200}){1,200}",
    "(?<!a*)b",
    "[",
    "\\p{Letter}",
    "\\cA[\\w-a]",
    "^(([a-z])+.)+[A-Z]([a-z])+$",
    "(?i)\\bx{5000}",
    "",
];

const REFERENCES: [&str; 12] = [
    "#",
    "#/definitions/a",
    "#/definitions/b",
    "#/properties/a",
    "#/definitions/none",
    "#a",
    "http://127.0.0.1:1/schema.json",
    "https://json-schema.org/draft/2020-12/schema",
    "http://json-schema.org/draft-07/schema#",
    "file:///etc/passwd",
    "urn:a",
    "#/%ff~2",
];

const SINGLES: [&str; 8] =
    ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];

const NUMBERS: [&str; 10] = [
    "minimum",
    "maximum",
    "exclusiveMinimum",
    "multipleOf",
    "minLength",
    "maxLength",
    "minItems",
    "maxItems",
    "minProperties",
    "maxProperties",
];

const FORMATS: [&str; 10] =
    ["date-time", "date", "time", "uuid", "email", "uri", "hostname", "regex", "duration", "ipv6"];

fn some(rng: &mut Rng, depth: u8) -> Value {
    (0..rng.u8(..4)).map(|_| (pick(rng, &NAMES).to_owned(), schema(rng, depth))).collect()
}

/// One keyword and what it says.
fn keyword(rng: &mut Rng, depth: u8) -> (String, Value) {
    let inner = |rng: &mut Rng| schema(rng, depth.saturating_sub(1));
    let few = |rng: &mut Rng| (0..rng.u8(..3)).map(|_| inner(rng)).collect::<Vec<_>>();
    let (name, value) = match rng.u8(..17) {
        0 => ("properties", some(rng, depth.saturating_sub(1))),
        1 => ("definitions", some(rng, depth.saturating_sub(1))),
        2 => ("$ref", json!(pick(rng, &REFERENCES))),
        3 | 4 => (pick(rng, &SINGLES), inner(rng)),
        5 => (pick(rng, &["allOf", "anyOf", "oneOf", "items"]), json!(few(rng))),
        6 | 7 => (pick(rng, &NUMBERS), evil::number(rng)),
        8 => ("pattern", json!(pick(rng, &PATTERNS))),
        9 => ("patternProperties", json!({ pick(rng, &PATTERNS): inner(rng) })),
        10 => ("format", json!(pick(rng, &FORMATS))),
        11 => ("required", json!([pick(rng, &NAMES), pick(rng, &NAMES)])),
        12 => ("type", json!(pick(rng, &["object", "array", "string", "integer", "null"]))),
        13 => ("enum", json!([evil::value(rng), "a"])),
        14 => ("dependencies", json!({ pick(rng, &NAMES): inner(rng), "b": ["a"] })),
        15 => ("futureDate", json!(true)),
        _ => ("$id", json!(pick(rng, &REFERENCES))),
    };
    (name.to_owned(), value)
}

fn schema(rng: &mut Rng, depth: u8) -> Value {
    if depth == 0 {
        return pick(rng, &[json!(true), json!(false), json!({})]);
    }
    (0..rng.u8(..4)).map(|_| keyword(rng, depth)).collect::<Map<_, _>>().into()
}

fn payload(rng: &mut Rng, depth: u8) -> Value {
    let inner = |rng: &mut Rng| payload(rng, depth.saturating_sub(1));
    match rng.u8(..if depth == 0 { 4 } else { 7 }) {
        0 => json!("a".repeat(rng.usize(..40))),
        1 | 2 => evil::value(rng),
        3 => json!(pick(rng, &evil::TIMES)),
        4 => (0..rng.u8(..4)).map(|_| inner(rng)).collect::<Vec<_>>().into(),
        _ => (0..rng.u8(..4)).map(|_| (pick(rng, &NAMES).to_owned(), inner(rng))).collect(),
    }
}

fn case(rng: &mut Rng, met: &mut Met) {
    let mut schema = schema(rng, 4);
    if rng.u8(..4) == 0 {
        evil::change(rng, &mut schema);
    }
    let start = Instant::now();
    let trigger = TriggerDefinition::new("a", "A", &schema);
    assert!(start.elapsed() < LIMIT, "{:?} for {schema}", start.elapsed());
    let Ok(trigger) = trigger else { return met.count("no schema") };
    met.count("a schema");
    for _ in 0..8 {
        let payload = payload(rng, 4);
        let start = Instant::now();
        let checked = [true, false].map(|formats| trigger.check(&payload, formats).is_ok());
        assert!(start.elapsed() < LIMIT, "{:?} for {payload} of {schema}", start.elapsed());
        met.count(format!("a payload: {}", checked[0]));
    }
}

#[test]
fn schemas_and_payloads() {
    let reaches = ["no schema", "a schema", "a payload: true", "a payload: false"];
    run("never_panics::schemas", 500, case, &reaches);
}

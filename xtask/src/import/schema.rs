//! A payload from its schema.

mod unsayable;

use std::collections::HashSet;

use serde_json::Value;
use trigger_core::schema::Format;
use trigger_dialect::Rule;

use super::input::Document;
use super::model::{Kind, Payload, Property};
use super::{Json, Refusal};
use crate::judge::{self, Finding};

/// The payload that a schema describes, or all that keeps it from being imported.
///
/// With `leave_out`, what no struct can say becomes notes.
pub(super) fn read(document: &Document<'_>, leave_out: bool) -> Result<Payload, Vec<Refusal>> {
    let Document { input, value } = document;
    let findings = findings(value.to_value());
    let mut refusals: Vec<_> =
        findings.iter().map(|finding| Refusal::of_finding(input, finding)).collect();
    let unsayable = unsayable::all(input, value);
    let notes = if leave_out {
        unsayable.iter().map(note).collect()
    } else {
        refusals.extend(unsayable);
        Vec::new()
    };
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(Payload { properties: properties(value), notes, knows_roles: true })
}

/// What is wrong with a schema. A keyword that nobody knows may keep the examples from being judged,
/// so that they are judged without it.
fn findings(mut schema: Value) -> Vec<Finding> {
    let mut findings = judge::document(&schema);
    let is_unknown = |finding: &&Finding| finding.rule == Rule::KEYWORD_KNOWN;
    let unknown: Vec<_> = findings.iter().filter(is_unknown).map(|it| it.pointer.clone()).collect();
    if unknown.is_empty() {
        return findings;
    }
    for pointer in &unknown {
        remove(&mut schema, pointer);
    }
    let untold = judge::document(&schema).into_iter().filter(|finding| {
        [Rule::EXAMPLE_TYPE, Rule::EXAMPLE_FORMAT].contains(&finding.rule)
            && !findings.contains(finding)
    });
    let untold: Vec<_> = untold.collect();
    findings.extend(untold);
    findings
}

fn remove(schema: &mut Value, pointer: &str) {
    let Some((parent, keyword)) = pointer.rsplit_once('/') else { return };
    if let Some(Value::Object(members)) = schema.pointer_mut(parent) {
        members.remove(&keyword.replace("~1", "/").replace("~0", "~"));
    }
}

fn note(refusal: &Refusal) -> String {
    let Refusal { pointer, message, .. } = refusal;
    format!("Left out: `{pointer}`: {message}.")
}

/// The properties of an object of the dialect.
fn properties(object: &Json) -> Vec<Property> {
    let required = object.get("required").map_or(&[][..], Json::items);
    let required: HashSet<_> = required.iter().filter_map(Json::as_str).collect();
    let described = object.get("properties").map_or(&[][..], Json::members);
    let read = |(key, schema): &(String, Json)| {
        let is_required = required.contains(key.as_str());
        Property { is_required, ..property(key, schema) }
    };
    described.iter().map(read).collect()
}

fn property(key: &str, schema: &Json) -> Property {
    let text = |keyword: &str| schema.get(keyword).and_then(Json::as_str).map(str::to_owned);
    let is_set = |keyword: &str| schema.get(keyword).is_some_and(Json::is_true);
    let kind = kind(schema);
    let format = match kind {
        Kind::Text => text("format").and_then(|name| Format::from_name(&name)),
        _ => None,
    };
    let is_sayable = |value: &&Json| unsayable::why(schema, value).is_none();
    let examples = schema.get("examples").map_or(&[][..], Json::items);
    Property {
        title: text("title"),
        description: text("description"),
        format,
        custom_type: text("wixCustomType"),
        identity: text("identityType"),
        namespace: text("namespace"),
        is_future_date: is_set("futureDate"),
        is_hidden: is_set("hidden"),
        default: schema.get("default").filter(is_sayable).cloned(),
        examples: examples.iter().filter(is_sayable).cloned().collect(),
        ..Property::new(key, kind)
    }
}

fn kind(schema: &Json) -> Kind {
    match schema.get("type").and_then(Json::as_str) {
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Boolean,
        Some("object") => Kind::Object(properties(schema)),
        Some("array") => Kind::Array(schema.get("items").map(properties).unwrap_or_default()),
        _ => match choice(schema) {
            Some(values) => Kind::Choice(values),
            None => Kind::Text,
        },
    }
}

fn choice(schema: &Json) -> Option<Vec<String>> {
    let values: Vec<_> = match (schema.get("enum"), schema.get("oneOf")) {
        (Some(values), _) => values.items().iter().filter_map(Json::as_str).collect(),
        (None, Some(choices)) => {
            let values = choices.items().iter().filter_map(|choice| choice.get("const"));
            values.filter_map(Json::as_str).collect()
        }
        (None, None) => return None,
    };
    Some(values.into_iter().map(str::to_owned).collect())
}

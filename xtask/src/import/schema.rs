//! A payload from its schema.

mod digits;

use std::collections::HashSet;

use serde_json::Value;
use trigger_core::schema::Format;
use trigger_dialect::Rule;

use super::input::Document;
use super::model::{Choice, Kind, Label, Payload, Property};
use super::{Json, Refusal};
use crate::judge::{self, Finding};

/// The payload that a schema describes, or all that keeps it from being imported.
pub(super) fn read(document: &Document<'_>) -> Result<Payload, Vec<Refusal>> {
    let Document { input, value } = document;
    let findings = findings(value.to_value());
    let mut refusals: Vec<_> =
        findings.iter().map(|finding| Refusal::of_finding(input, finding)).collect();
    refusals.extend(digits::lost(input, value));
    if !refusals.is_empty() {
        return Err(refusals);
    }
    Ok(Payload {
        properties: properties(value),
        label: label(value),
        default: value.get("default").cloned(),
        examples: list(value, "examples").to_vec(),
        knows_roles: true,
    })
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

/// The properties of an object of the dialect.
fn properties(object: &Json) -> Vec<Property> {
    let required: HashSet<_> = list(object, "required").iter().filter_map(Json::as_str).collect();
    let described = object.get("properties").map_or(&[][..], Json::members);
    let read = |(key, schema): &(String, Json)| {
        let is_required = required.contains(key.as_str());
        Property { is_required, ..property(key, schema) }
    };
    described.iter().map(read).collect()
}

fn property(key: &str, schema: &Json) -> Property {
    let text = |keyword: &str| text(schema, keyword);
    let is_set = |keyword: &str| schema.get(keyword).is_some_and(Json::is_true);
    let choice = choice(schema);
    let kind = kind(schema, choice.as_ref());
    let Label { title, description } = label(schema);
    Property {
        title,
        description,
        format: text("format").and_then(|name| Format::from_name(&name)),
        choice: choice.filter(|_| !matches!(kind, Kind::Enum(_))),
        items: schema.get("items").map(label).unwrap_or_default(),
        custom_type: text("wixCustomType"),
        identity: text("identityType"),
        namespace: text("namespace"),
        is_future_date: is_set("futureDate"),
        is_hidden: is_set("hidden"),
        default: schema.get("default").cloned(),
        examples: list(schema, "examples").to_vec(),
        ..Property::new(key, kind)
    }
}

fn kind(schema: &Json, choice: Option<&Choice>) -> Kind {
    match schema.get("type").and_then(Json::as_str) {
        Some("integer") => Kind::Integer,
        Some("number") => Kind::Number,
        Some("boolean") => Kind::Boolean,
        Some("object") => Kind::Object(properties(schema)),
        Some("array") => Kind::Array(schema.get("items").map(properties).unwrap_or_default()),
        _ => choice.and_then(|choice| as_enum(schema, choice)).map_or(Kind::Text, Kind::Enum),
    }
}

/// The values of a Rust enum: it has no format, and becomes a `oneOf` by the titles alone.
fn as_enum(schema: &Json, choice: &Choice) -> Option<Vec<(String, Label)>> {
    let has_label = choice.values.iter().any(|(_, label)| *label != Label::default());
    if schema.get("format").is_some() || choice.is_one_of != has_label {
        return None;
    }
    let values = choice.values.iter();
    values.map(|(value, label)| Some((value.as_str()?.to_owned(), label.clone()))).collect()
}

fn choice(schema: &Json) -> Option<Choice> {
    if schema.get("oneOf").is_some() {
        let value = |choice: &Json| Some((choice.get("const")?.clone(), label(choice)));
        let values = list(schema, "oneOf").iter().filter_map(value).collect();
        return Some(Choice { values, is_one_of: true });
    }
    schema.get("enum")?;
    let values = list(schema, "enum").iter().map(|value| (value.clone(), Label::default()));
    Some(Choice { values: values.collect(), is_one_of: false })
}

fn label(schema: &Json) -> Label {
    Label { title: text(schema, "title"), description: text(schema, "description") }
}

fn text(schema: &Json, keyword: &str) -> Option<String> {
    schema.get(keyword).and_then(Json::as_str).map(str::to_owned)
}

fn list<'a>(schema: &'a Json, keyword: &str) -> &'a [Json] {
    schema.get(keyword).map_or(&[], Json::items)
}

//! `import`: schemas and samples that exist already, as Rust.

mod command;
mod documents;
mod golden;
mod law;
mod never_panics;
mod refusals;
mod samples;
mod webhook;

use serde_json::Value;
use trigger_xtask::ImportError;
use trigger_xtask::import::{Input, Options, to_rust};

/// The source of a trigger called `class_full`, of these texts.
fn import(texts: &[&str]) -> Result<String, ImportError> {
    import_with(texts, &Options::default())
}

fn import_with(texts: &[&str], options: &Options) -> Result<String, ImportError> {
    let inputs: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| Input {
            name: ["class_full.json", "second", "third"][at],
            bytes: text.as_bytes(),
        })
        .collect();
    to_rust(&inputs, options)
}

/// What is said of texts that cannot be imported, a line each.
#[track_caller]
fn refused(texts: &[&str]) -> String {
    import(texts).expect_err("it is refused").to_string()
}

/// A schema without what the law sets aside: what Wix overwrites, the order of `required` and an
/// empty one, and 12 for 12.0.
fn normal(schema: &Value) -> Value {
    let mut schema = with_floats(schema);
    let root = schema.as_object_mut().expect("an object");
    for keyword in ["$schema", "$id", "additionalProperties"] {
        root.remove(keyword);
    }
    sort_required(&mut schema);
    schema
}

fn with_floats(value: &Value) -> Value {
    match value {
        // Zero has two signs.
        Value::Number(number) => Value::from(number.as_f64().expect("a float") + 0.0),
        Value::Array(items) => items.iter().map(with_floats).collect(),
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), with_floats(value))).collect()
        }
        other => other.clone(),
    }
}

/// Sorts the list in an object of the schema and in those inside it.
fn sort_required(object: &mut Value) {
    let Some(members) = object.as_object_mut() else { return };
    if let Some(Value::Array(names)) = members.get_mut("required") {
        names.sort_by(|one, other| one.as_str().cmp(&other.as_str()));
        if names.is_empty() {
            members.remove("required");
        }
    }
    let properties = members.get_mut("properties").and_then(Value::as_object_mut);
    for (_, property) in properties.into_iter().flatten() {
        sort_required(property);
        if let Some(items) = property.get_mut("items") {
            sort_required(items);
        }
    }
}

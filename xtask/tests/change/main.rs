//! The comparison of two snapshots of a trigger.

mod documents;
mod edges;
mod laws;
mod matrix;
mod rules;

use serde_json::{Value, json};
use trigger_xtask::change::{self, Edit, Snapshot};

/// A trigger as a record, with this payload schema.
fn trigger(schema: &Value) -> Value {
    json!({
        "formatVersion": 1, "key": "class_full", "name": "Class full",
        "description": "A class is full.", "package": "classes",
        "entityId": "entity", "schema": schema,
    })
}

fn snapshot(trigger: &Value) -> Snapshot {
    Snapshot::read(&trigger.to_string(), "class_full").expect("a trigger")
}

/// The rules and places of the edits between two triggers; `null` is none.
fn compared(before: &Value, after: &Value) -> Vec<(&'static str, String)> {
    let read = |trigger: &Value| match trigger {
        Value::Null => Vec::new(),
        trigger => vec![snapshot(trigger)],
    };
    told(change::compare_all(&read(before), &read(after)))
}

fn told(edits: Vec<Edit>) -> Vec<(&'static str, String)> {
    edits.into_iter().map(|edit| (edit.rule.id, edit.pointer)).collect()
}

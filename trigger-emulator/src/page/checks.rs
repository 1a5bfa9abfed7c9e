//! What a report was held to, in the order in which the emulator does it.

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::rows::code;
use crate::engine::{Event, Repeat};
use crate::refused::RefusedCall;

/// What is checked, in order, and what it means to pass.
const CHECKS: [(&str, &str); 7] = [
    ("Connection", "no fault stopped it"),
    ("Token", "it is good for this app and site"),
    ("Calls a minute", "the site has not had too many"),
    ("Fields", "they are those of Wix's reference"),
    ("Trigger", "the app has one of this key"),
    ("Required properties", "all are there"),
    ("Schema", "types and formats are those of the payload schema"),
];

fn check(name: &str, outcome: &str, words: &str) -> Value {
    json!({ "name": name, "outcome": outcome, "words": words })
}

/// Those that a taken report passed.
pub(super) fn passed(event: &Event, repeats: &[&Repeat]) -> Value {
    let passed = CHECKS.iter().map(|(name, words)| check(name, "passed", words));
    let entity = match event.entity {
        Some(_) => check("External entity id", "passed", "it can be canceled by it"),
        None => check("External entity id", "noted", "none: it cannot be canceled"),
    };
    let conflict = repeats.iter().any(|repeat| !repeat.differs.is_empty());
    let key = match (repeats.len(), conflict) {
        (0, _) => check("Idempotency key", "passed", "no other report had its key"),
        (_, false) => {
            check("Idempotency key", "noted", "later reports had its key, and were ignored")
        }
        (_, true) => check(
            "Idempotency key",
            "failed",
            "a later report had its key and was another event; it was ignored",
        ),
    };
    passed.chain([entity, key]).collect()
}

/// Those that a refused call passed, the one that it failed, and those that it did not come to.
pub(super) fn failed(call: &RefusedCall) -> Value {
    let failed = failed_at(call);
    let words = failure_words(call);
    let outcomes =
        CHECKS.iter().enumerate().map(|(place, (name, passed))| match place.cmp(&failed) {
            Ordering::Less => check(name, "passed", passed),
            Ordering::Equal => check(name, "failed", &words),
            Ordering::Greater => check(name, "not reached", ""),
        });
    outcomes.collect()
}

fn failed_at(call: &RefusedCall) -> usize {
    if call.strike.is_some() {
        return usize::from(call.status == 401);
    }
    match (call.status, code(call)) {
        (401, _) => 1,
        (429, _) => 2,
        (_, Some("REQUIRED_PROPERTY")) => 5,
        (_, Some("SCHEMA_VALIDATION_FAILED")) => 6,
        (_, Some("INVALID_ARGUMENT")) => 3,
        (403 | 404, _) | (_, Some("TRIGGER_NOT_FOUND")) => 4,
        _ => 3,
    }
}

fn failure_words(call: &RefusedCall) -> String {
    if let Some(strike) = &call.strike {
        return format!("a fault that is turned on: {strike}");
    }
    let violations = call.details["validationError"]["fieldViolations"].as_array();
    let violations = violations.into_iter().flatten().map(|it| {
        let word = |name: &str| it[name].as_str().unwrap_or_default();
        format!("{} {}", word("field"), word("description"))
    });
    let violations: Vec<_> = violations.collect();
    if violations.is_empty() { call.message.clone() } else { violations.join("; ") }
}

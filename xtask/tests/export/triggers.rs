//! Triggers to export, and the same ones after a change.

use serde::Serialize;
use trigger_core::schema::{JsonType, Literal, TriggerSpec, TypeSpec};
use trigger_core::{Property, Trigger};
use uuid::Uuid;

/// An invoice is about to be due.
#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "invoice_due",
    scheduled_at = due_at,
    contact = contact_id,
    entity_id = invoice_id
)]
struct InvoiceDue {
    #[serde(skip)]
    invoice_id: Uuid,
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    due_at: String,
    contact_id: Uuid,
    status: Status,
    lines: Vec<Line>,
    /// Where the invoice was sent.
    #[trigger(format = "email", example = "ada@example.com")]
    email: Option<String>,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[expect(dead_code, reason = "only the schema is exported")]
enum Status {
    Draft,
    Sent,
}

#[derive(Serialize, Property)]
struct Line {
    #[trigger(example = "Lesson")]
    text: String,
    quantity: u32,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "invoice_paid",
    name = "Invoice paid | #1",
    description = "An invoice was paid: `in full`, with *all* [taxes].",
    entity_id = invoice_id,
    member = payer,
    cancels(InvoiceDue)
)]
struct InvoicePaid {
    invoice_id: Uuid,
    payer: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "class_full", name = "Class full")]
struct ClassFull {
    seats: u32,
}

/// The same struct after a change.
const LATER: &TriggerSpec = {
    #[derive(Serialize, Trigger)]
    #[trigger(key = "class_full", name = "Class full")]
    struct ClassFull {
        seats: u32,
        waiting: u32,
    }
    ClassFull::SPEC
};

/// The derive lets it through, because nothing of its own reads regular expressions.
#[derive(Serialize, Trigger)]
#[trigger(key = "wrong", name = "Wrong")]
struct Wrong {
    #[trigger(format = "regex", examples = ["^[a-z]+$", "("])]
    pattern: String,
}

/// What it declares is not what it writes.
#[derive(Serialize)]
struct Lying(u32);

impl Property for Lying {
    type Shape = trigger_core::__private::shape::Scalar;
    const TYPE: &'static TypeSpec = &TypeSpec {
        example: Some(Literal::String("120.50")),
        sample: Some(|| serde_json::to_string(&Lying(7))),
        ..TypeSpec::new(JsonType::String)
    };
}

#[derive(Serialize, Trigger)]
#[trigger(key = "lying", name = "Lying")]
struct LyingType {
    amount: Lying,
}

/// Three triggers, by key.
pub(crate) const ALL: &[&TriggerSpec] = &[ClassFull::SPEC, InvoiceDue::SPEC, InvoicePaid::SPEC];
/// The same, but for a property that `class_full` has now.
pub(crate) const CHANGED: &[&TriggerSpec] = &[LATER, InvoiceDue::SPEC, InvoicePaid::SPEC];
/// The same without `class_full`.
pub(crate) const FEWER: &[&TriggerSpec] = &[InvoiceDue::SPEC, InvoicePaid::SPEC];
/// A trigger that is right, and one with an example that does not fit.
pub(crate) const WRONG: &[&TriggerSpec] = &[ClassFull::SPEC, Wrong::SPEC];
/// A trigger with a type that writes another JSON type than it declares.
pub(crate) const LYING: &[&TriggerSpec] = &[LyingType::SPEC];

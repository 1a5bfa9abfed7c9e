use serde::Serialize;
use trigger_core::{Property, Trigger, payload, registry, Cancelable};
use uuid::Uuid;

/// An invoice is about to be due.
#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(key = "invoice_due", scheduled_at = due_at, contact = contact_id, entity_id = invoice_id, cancels(Paid))]
pub struct InvoiceDue<'a> {
    pub invoice_id: InvoiceId,
    pub due_at: jiff::Timestamp,
    pub contact_id: Uuid,
    /// Total with tax.
    #[trigger(title = "Amount due", example = 120.50)]
    pub amount: f64,
    #[trigger(example = "INV-0042")]
    pub number: &'a str,
    pub status: Status,
    pub lines: Vec<Line>,
    #[trigger(format = "email", example = "ada@example.com")]
    pub email: Option<String>,
    #[serde(flatten)]
    pub more: Option<Line>,
}

#[derive(Serialize, Property)]
pub enum Status { A, B }
#[derive(Serialize, Property)]
pub struct InvoiceId(Uuid);

#[derive(Serialize, Property)]
pub struct Line { #[trigger(example = "x")] text: String, qty: Option<u32> }

#[derive(Serialize, Trigger)]
#[trigger(key = "paid", name = "Was paid", entity_id = id)]
pub struct Paid { id: InvoiceId }

#[test]
fn smoke() {
    println!("{}", InvoiceDue::payload_document());
    let due = InvoiceDue { invoice_id: InvoiceId(Uuid::nil()), due_at: "2026-01-01T00:00:00Z".parse().unwrap(), contact_id: Uuid::nil(), amount: 1.5, number: "a", status: Status::A,
        lines: vec![Line { text: "\"\n".into(), qty: None}, Line {text: "".into(), qty: Some(4)}], email: None, more: Some(Line { text: "".into(), qty: Some(4)}) };
    println!("{}", String::from_utf8(payload::to_vec(&due).unwrap()).unwrap());
    println!("{:?}", registry::linked().iter().map(|t| (t.key(), t.rust_type(), t.file(), t.line(), t.package())).collect::<Vec<_>>());
    println!("{}", due.entity_id());
    println!("{:?}", InvoiceDue::SPEC.cancels().map(|t| t.key()).collect::<Vec<_>>());
}

use jiff::Timestamp;
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "invoice_due",
    scheduled_at = due_at,
    contact = contact_id,
    // entity_id = invoice_id, // if events are canceled by it
)]
pub struct InvoiceDue {
    pub invoice_id: Uuid,
    #[trigger(
        title = "Customer",
        example = "7d9f0c1b-2a3e-4c5d-8e6f-0a1b2c3d4e5f",
        namespace = "customer"
    )]
    pub contact_id: Uuid,
    pub due_at: Timestamp,
    /// The number printed on the invoice.
    #[trigger(title = "Invoice number", example = "INV-0042")]
    pub number: String,
    pub status: Status,
    #[trigger(format = "email", example = "ada@example.com")]
    pub email: Option<String>,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "UPPERCASE")]
pub enum Status {
    Sent,
    Viewed,
}

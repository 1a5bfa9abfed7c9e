use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "invoice_paid",
    entity_id = invoice_id,
    cancels(invoice_sent) //~ rustc
)]
struct InvoicePaid {
    invoice_id: Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", entity_id = number)]
struct InvoiceDue {
    number: u32, //~ T032
}

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", entity_id = invoice_id, cancels(InvoiceDue))]
struct InvoicePaid {
    invoice_id: Uuid,
}

fn main() {}

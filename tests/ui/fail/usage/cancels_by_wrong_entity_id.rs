use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", entity_id = number, cancels(InvoiceDue))]
struct InvoicePaid {
    number: u32, //~ T032
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_sent")]
struct InvoiceSent {
    invoice_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    sent: InvoiceSent, //~ T022
}

fn main() {}

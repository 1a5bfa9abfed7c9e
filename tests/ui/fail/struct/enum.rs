use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_changed")]
enum InvoiceChanged { //~ T005
    Sent,
    Paid,
}

fn main() {}

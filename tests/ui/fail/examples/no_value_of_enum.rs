use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_changed")]
struct InvoiceChanged {
    #[trigger(example = "Lost")] //~ T041
    status: Status,
}

#[derive(Serialize, Property)]
enum Status {
    Sent,
    Paid,
}

fn main() {}

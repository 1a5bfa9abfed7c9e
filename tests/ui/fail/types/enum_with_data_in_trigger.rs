use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_changed")]
struct InvoiceChanged {
    status: Status,
}

#[derive(Serialize, Property)]
enum Status {
    Sent,
    Paid(u32), //~ T006
}

fn main() {}

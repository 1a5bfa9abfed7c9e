use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_changed")]
struct InvoiceChanged {
    #[trigger(example = "Sent")] //~ T041
    status: Status,
}

#[derive(Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum Status {
    Sent,
}

fn main() {}

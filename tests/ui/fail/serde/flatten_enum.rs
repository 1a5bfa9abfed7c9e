use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_changed")]
struct InvoiceChanged {
    invoice_id: Uuid,
    #[serde(flatten)]
    status: Status, //~ T050
}

#[derive(Serialize, Property)]
enum Status {
    Sent,
    Paid,
}

fn main() {}

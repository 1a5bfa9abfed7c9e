use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "invoice_paid",
    cancels(Line) //~ T033
)]
struct InvoicePaid {
    invoice_id: Uuid,
}

fn main() {}

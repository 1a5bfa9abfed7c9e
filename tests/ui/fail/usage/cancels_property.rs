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
    entity_id = invoice_id,
    cancels(Line) //~ T033
)]
struct InvoicePaid {
    invoice_id: Uuid,
}

fn main() {}

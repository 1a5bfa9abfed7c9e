#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", entity_id = number)]
struct InvoiceDue {
    #[trigger(example = "INV-0042")]
    number: String, //~ T032
}

fn main() {}

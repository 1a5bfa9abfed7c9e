#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[serde(tag = "type")] //~ T050
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}

fn main() {}

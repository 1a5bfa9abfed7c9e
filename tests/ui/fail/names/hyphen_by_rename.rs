#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[serde(rename = "invoice-id")] //~ T020
    invoice_id: Uuid,
}

fn main() {}

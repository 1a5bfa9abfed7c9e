#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    id: Uuid,
    #[serde(rename = "id")] //~ T021
    contact_id: Uuid,
}

fn main() {}

#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact_id)]
struct InvoiceDue {
    contact_id: u64, //~ T031
}

fn main() {}

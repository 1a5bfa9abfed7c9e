#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Due")] //~ T003
struct InvoiceDue {
    invoice_id: Uuid,
}

fn main() {}

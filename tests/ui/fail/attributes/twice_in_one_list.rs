#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Invoice due", name = "Due invoice")] //~ T010
struct InvoiceDue {
    invoice_id: Uuid,
}

fn main() {}

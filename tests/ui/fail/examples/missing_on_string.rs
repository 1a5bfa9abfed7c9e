#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    number: String, //~ T040
}

fn main() {}

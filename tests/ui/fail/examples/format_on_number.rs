#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "number", example = "120.50")] //~ T044
    amount: f64,
}

fn main() {}

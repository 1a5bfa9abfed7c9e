#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue { //~ T053
    invoice_id: Uuid,
}

fn main() {}

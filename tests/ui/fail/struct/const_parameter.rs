#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue<const REMINDER: u8> { //~ T007
    invoice_id: Uuid,
}

fn main() {}

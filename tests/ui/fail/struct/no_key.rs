#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
struct InvoiceDue { //~ T001
    invoice_id: Uuid,
}

fn main() {}

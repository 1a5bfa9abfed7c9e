#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", contact = contact)] //~ T011
struct InvoiceDue {
    contact_id: Uuid,
}

fn main() {}

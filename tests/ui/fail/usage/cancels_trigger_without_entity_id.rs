#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_sent")]
struct InvoiceSent {
    invoice_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid", entity_id = invoice_id, cancels(InvoiceSent))] //~ T033
struct InvoicePaid {
    invoice_id: Uuid,
}

fn main() {}

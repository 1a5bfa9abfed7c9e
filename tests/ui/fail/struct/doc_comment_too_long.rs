#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

//~v T004
/// An invoice is about to be due. Whoever keeps the books may want to know of it some days
/// before, so that there is time to write to the customer, to ask whether the invoice has
/// arrived at all, and to agree on another date where the customer cannot pay in time.
#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    invoice_id: Uuid,
}

fn main() {}

#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(format = "e-mail", example = "ada@example.com")] //~ T043
    email: String,
}

fn main() {}

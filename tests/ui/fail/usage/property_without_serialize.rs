use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)] //~ serde
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    line: Line,
}

#[derive(Property)]
struct Line {
    quantity: u32,
}

fn main() {}

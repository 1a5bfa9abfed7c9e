use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    lines: Vec<Line>,
}

#[derive(Serialize, Property)]
struct Line {
    text: String, //~ T040
}

fn main() {}

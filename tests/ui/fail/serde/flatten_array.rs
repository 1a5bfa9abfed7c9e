use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[serde(flatten)]
    lines: Vec<Line>, //~ T050
}

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
}

fn main() {}

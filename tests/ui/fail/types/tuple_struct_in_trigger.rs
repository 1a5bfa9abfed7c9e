use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    line: Line,
}

#[derive(Serialize, Property)]
struct Line(u32, f64); //~ T006

fn main() {}

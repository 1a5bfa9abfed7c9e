use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    lines: Vec<Line>,
}

#[derive(Serialize, Property)]
struct Line {
    discounts: Vec<Discount>, //~ T023
}

#[derive(Serialize, Property)]
struct Discount {
    percent: f64,
}

fn main() {}

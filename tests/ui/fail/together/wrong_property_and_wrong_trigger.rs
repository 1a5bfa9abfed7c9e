use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    lines: Vec<Line>,
    overdue: std::time::Duration, //~ T022
}

#[derive(Serialize, Property)]
struct Line {
    #[serde(rename = "unit-price")] //~ T020
    unit_price: f64,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = { "unitPrice": 12.5 })]
    line: Line,
}

#[derive(Serialize, Property)]
struct Line {
    #[serde(rename = "unit-price")] //~ T020
    unit_price: f64,
}

fn main() {}

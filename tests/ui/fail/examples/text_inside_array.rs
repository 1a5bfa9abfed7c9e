use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = ["Lesson"])] //~ T041
    lines: Vec<Line>,
}

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
}

fn main() {}

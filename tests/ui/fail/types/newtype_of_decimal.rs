use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    amount: Amount,
}

#[derive(Serialize, Property)]
struct Amount(rust_decimal::Decimal); //~ T022

fn main() {}

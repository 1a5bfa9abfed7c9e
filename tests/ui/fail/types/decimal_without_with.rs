use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    amount: rust_decimal::Decimal, //~ T022
}

fn main() {}

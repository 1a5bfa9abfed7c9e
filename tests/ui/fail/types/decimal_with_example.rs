use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    #[trigger(example = "120.50")]
    amount: rust_decimal::Decimal, //~ T022
}

fn main() {}

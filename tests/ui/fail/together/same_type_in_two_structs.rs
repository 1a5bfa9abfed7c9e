use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due")]
struct InvoiceDue {
    overdue: std::time::Duration, //~ T022
}

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_paid")]
struct InvoicePaid {
    overdue: std::time::Duration, //~ T022
}

fn main() {}

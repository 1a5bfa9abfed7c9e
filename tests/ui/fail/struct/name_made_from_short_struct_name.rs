use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "paid")]
struct Paid { //~ T003
    invoice_id: Uuid,
}

fn main() {}

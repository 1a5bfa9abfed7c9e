use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", entity_id = amount)]
struct ClassBooked {
    #[serde(with = "rust_decimal::serde::str")]
    amount: rust_decimal::Decimal, //~ T032
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
    #[serde(flatten, with = "rust_decimal::serde::str")] //~ T050
    amount: rust_decimal::Decimal,
}

fn main() {}

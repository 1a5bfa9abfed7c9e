use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(with = "rust_decimal::serde::str")]
    #[trigger(format = "number", example = "12.50")] //~ T044
    price: rust_decimal::Decimal,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", contact = contact_number)]
struct ClassBooked {
    #[serde(with = "rust_decimal::serde::str")]
    contact_number: rust_decimal::Decimal, //~ T031
}

fn main() {}

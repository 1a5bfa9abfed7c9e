use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    price: rust_decimal::Decimal, //~ T022
}

fn main() {}

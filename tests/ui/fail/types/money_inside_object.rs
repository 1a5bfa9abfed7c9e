use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    price: trigger_core::types::Money, //~ T023
}

fn main() {}

use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    #[trigger(example = 1)] //~ T041
    text: String,
    #[trigger(example = "two")] //~ T041
    quantity: u32,
    price: Price, //~ T023
    length: std::time::Duration, //~ T022
    unit: String, //~ T040
}

#[derive(Serialize, Property)]
struct Price {
    amount: f64,
}

fn main() {}

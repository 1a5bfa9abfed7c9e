use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    #[trigger(example = { "amount": 12.5 })]
    price: Price, //~ T023
}

#[derive(Serialize, Property)]
struct Price {
    amount: f64,
}

fn main() {}

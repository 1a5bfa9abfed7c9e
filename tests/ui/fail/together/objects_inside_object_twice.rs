use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    price: Price, //~ T023
    discount: Price, //~ T023
}

#[derive(Serialize, Property)]
struct Price {
    amount: f64,
}

fn main() {}

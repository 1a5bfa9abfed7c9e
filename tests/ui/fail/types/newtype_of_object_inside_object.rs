use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    price: UnitPrice, //~ T023
}

#[derive(Serialize, Property)]
struct UnitPrice(Price);

#[derive(Serialize, Property)]
struct Price {
    amount: f64,
}

fn main() {}

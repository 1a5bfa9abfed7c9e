use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    discounts: Vec<Discount>, //~ T023
}

#[derive(Serialize, Property)]
struct Discount {
    percent: f64,
}

fn main() {}

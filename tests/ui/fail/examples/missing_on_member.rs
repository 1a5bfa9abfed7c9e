use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    text: String, //~ T040
}

fn main() {}

use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    tags: Vec<String>, //~ T023
}

fn main() {}

use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
#[trigger(key = "line")] //~ T009
struct Line {
    quantity: u32,
}

fn main() {}

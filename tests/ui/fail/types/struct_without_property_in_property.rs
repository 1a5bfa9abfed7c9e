use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    unit: Unit, //~ T022
}

#[derive(Serialize)]
enum Unit {
    Hour,
    Piece,
}

fn main() {}

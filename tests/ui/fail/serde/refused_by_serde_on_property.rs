use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
#[serde(rename_all = "camel")] //~ serde
struct Line {
    unit_price: f64,
}

fn main() {}

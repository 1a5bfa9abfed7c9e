use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
#[serde(rename_all = "camelCase")]
struct Line {
    #[serde(rename = "unit-price")] //~ T020
    unit_price: f64,
}

fn main() {}

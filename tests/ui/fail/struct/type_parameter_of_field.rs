use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line<Amount> { //~ T007
    amount: Amount,
}

fn main() {}

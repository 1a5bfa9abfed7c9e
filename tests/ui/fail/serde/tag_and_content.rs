use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
#[serde(tag = "kind", content = "value")] //~ T050
enum Status {
    Sent,
    Paid,
}

fn main() {}

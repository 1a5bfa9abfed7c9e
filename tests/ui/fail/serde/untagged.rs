use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
#[serde(untagged)] //~ T050
enum Status {
    Sent,
    Paid,
}

fn main() {}

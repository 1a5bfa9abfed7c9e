use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
enum Status {
    Sent,
    #[serde(rename = "Sent")] //~ T021
    Delivered,
}

fn main() {}

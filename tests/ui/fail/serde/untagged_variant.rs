use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
enum Status {
    Sent,
    #[serde(untagged)] //~ T050
    Other,
}

fn main() {}

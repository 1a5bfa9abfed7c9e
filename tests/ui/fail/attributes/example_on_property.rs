use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
#[trigger(example = "SENT")] //~ T009
enum Status {
    Sent,
}

fn main() {}

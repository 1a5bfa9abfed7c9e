use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
enum Status {
    Sent,
    Paid(u32), //~ T006
}

fn main() {}

use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
enum Status {
    Sent,
    #[trigger(title = "Paid")] //~ T009
    Paid,
}

fn main() {}

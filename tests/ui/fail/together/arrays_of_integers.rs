use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    rows: Vec<u8>, //~ T024
    numbers: Vec<u16>, //~ T024
}

fn main() {}

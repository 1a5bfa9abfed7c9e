use serde::Serialize;
use trigger_core::Trigger;

const KEY: &str = "class_booked";

#[derive(Serialize, Trigger)]
#[trigger(key = KEY)] //~ T010
struct ClassBooked {
    seats: u32,
}

fn main() {}

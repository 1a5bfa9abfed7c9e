use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[serde(transparent)] //~ T050
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
}

fn main() {}

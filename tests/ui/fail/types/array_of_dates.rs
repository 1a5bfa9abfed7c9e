use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    sessions: Vec<jiff::Timestamp>, //~ T024
}

fn main() {}

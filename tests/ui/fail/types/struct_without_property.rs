use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    participant: Participant, //~ T022
}

#[derive(Serialize)]
struct Participant {
    seats: u32,
}

fn main() {}

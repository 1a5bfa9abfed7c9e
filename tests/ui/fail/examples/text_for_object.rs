use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = "Ada")] //~ T041
    participant: Participant,
}

#[derive(Serialize, Property)]
struct Participant {
    seats: u32,
}

fn main() {}

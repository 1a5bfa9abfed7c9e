use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(renam = "freeSeats")] //~ serde
    seats: u32,
}

fn main() {}

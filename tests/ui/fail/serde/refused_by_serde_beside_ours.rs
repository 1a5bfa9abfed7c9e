use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "Class booked")] //~ T002
struct ClassBooked {
    #[serde(renam = "freeSeats")] //~ serde
    seats: u32,
    #[trigger(exampel = "Ada")] //~ T009
    name: String,
    tags: Vec<String>, //~ T024
    note: String, //~ T040
}

fn main() {}

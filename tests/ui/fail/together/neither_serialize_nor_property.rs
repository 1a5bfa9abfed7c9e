use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)] //~ serde
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: Seats, //~ T022
}

struct Seats {
    free: u32,
}

fn main() {}

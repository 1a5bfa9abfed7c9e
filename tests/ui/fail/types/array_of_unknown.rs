use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: Vec<Seat>, //~ T022
}

#[derive(Serialize)]
struct Seat {
    number: u32,
}

fn main() {}

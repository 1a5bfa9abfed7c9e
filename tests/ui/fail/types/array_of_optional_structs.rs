use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: Vec<Option<Seat>>, //~ T024
}

#[derive(Serialize, Property)]
struct Seat {
    number: u32,
}

fn main() {}

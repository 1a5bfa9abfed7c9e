use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: Option<Seats>, //~ T022
}

#[derive(Serialize, Property)]
struct Seats(Option<u32>);

fn main() {}

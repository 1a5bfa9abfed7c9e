use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
    #[serde(flatten)]
    booking: Booking, //~ T021
    length: std::time::Duration, //~ T022
}

#[derive(Serialize, Property)]
struct Booking {
    seats: u32,
}

fn main() {}

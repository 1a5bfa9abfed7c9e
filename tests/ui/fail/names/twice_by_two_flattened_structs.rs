use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(flatten)]
    booking: Booking,
    #[serde(flatten)]
    waiting: Waiting, //~ T021
}

#[derive(Serialize, Property)]
struct Booking {
    seats: u32,
}

#[derive(Serialize, Property)]
struct Waiting {
    seats: u32,
}

fn main() {}

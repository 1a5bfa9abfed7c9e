use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", entity_id = booking)]
struct ClassBooked {
    booking: BookingNumber, //~ T032
}

#[derive(Serialize, Property)]
struct BookingNumber(#[trigger(example = "B-42")] String);

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    guest: Guest,
}

#[derive(Serialize, Property)]
struct Guest(Participant); //~ T022

#[derive(Serialize)]
struct Participant {
    seats: u32,
}

fn main() {}

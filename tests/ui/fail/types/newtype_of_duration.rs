use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    length: Length,
}

#[derive(Serialize, Property)]
struct Length(std::time::Duration); //~ T022

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    levels: Vec<Level>, //~ T024
}

#[derive(Serialize, Property)]
enum Level {
    Beginner,
    Advanced,
}

fn main() {}

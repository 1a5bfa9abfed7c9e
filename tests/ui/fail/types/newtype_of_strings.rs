use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    tags: Tags,
}

#[derive(Serialize, Property)]
struct Tags(Vec<String>); //~ T024

fn main() {}

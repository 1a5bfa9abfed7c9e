use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(flatten)]
    #[trigger(values = [1], items(title = "Line"))] //~ T009 T009
    line: Line,
}

#[derive(Serialize, Property)]
struct Line {
    seats: u32,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = ["A"])] //~ T028
    lines: Vec<Line>,
}

#[derive(Serialize, Property)]
struct Line {
    seats: u32,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(items = "Line")] //~ T010
    lines: Vec<Line>,
    #[trigger(items(titel = "Line"))] //~ T009
    rows: Vec<Line>,
    #[trigger(items())] //~ T010
    more: Vec<Line>,
}

#[derive(Serialize, Property)]
struct Line {
    seats: u32,
}

fn main() {}

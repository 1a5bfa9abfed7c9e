use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = [[[[[[[[[[[[[[[[[[]]]]]]]]]]]]]]]]]])] //~ T041
    participants: Vec<Participant>,
}

#[derive(Serialize, Property)]
struct Participant {
    seats: u32,
}

fn main() {}

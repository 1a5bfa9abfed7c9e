use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = "three")] //~ T041
    seats: Seats,
}

#[derive(Serialize, Property)]
struct Seats(u32);

fn main() {}

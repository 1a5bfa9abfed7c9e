use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = 5u8)] //~ T041
    seats: u8,
}

fn main() {}

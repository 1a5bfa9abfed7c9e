use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    allow(T999) //~ T010
)]
struct ClassBooked {
    seats: u32,
}

fn main() {}

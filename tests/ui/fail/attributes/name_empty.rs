use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    name = "" //~ T046
)]
struct ClassBooked {
    seats: u32,
}

fn main() {}

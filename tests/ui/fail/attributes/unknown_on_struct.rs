use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", icon = "calendar")] //~ T009
struct ClassBooked {
    seats: u32,
}

fn main() {}

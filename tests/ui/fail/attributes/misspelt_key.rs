use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(kee = "class_booked")] //~ T009
struct ClassBooked {
    seats: u32,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", descripton = "A class was booked.")] //~ T009
struct ClassBooked {
    seats: u32,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
    value: time::Date, //~ T022
}

fn main() {}

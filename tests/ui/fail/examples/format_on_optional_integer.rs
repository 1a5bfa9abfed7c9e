use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "number", example = "3")] //~ T044
    seats: Option<u32>,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked { //~ T022
    seats: u32,
    #[trigger(example = "G major")]
    tuning: String,
}

#[derive(Serialize)]
struct String {
    pitch: u32,
}

fn main() {}

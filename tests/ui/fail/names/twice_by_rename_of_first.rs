use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(rename = "seats")]
    free_seats: u32,
    seats: u32, //~ T021
}

fn main() {}

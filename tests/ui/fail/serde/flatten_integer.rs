use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(flatten)]
    seats: u32, //~ T050
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(title = "Free seats" example = 3)] //~ T010
    seats: u32,
}

fn main() {}

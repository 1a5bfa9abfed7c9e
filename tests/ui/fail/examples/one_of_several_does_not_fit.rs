use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(examples = [3, "four"])] //~ T041
    seats: u32,
}

fn main() {}

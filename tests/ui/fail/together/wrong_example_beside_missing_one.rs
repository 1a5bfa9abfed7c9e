use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = "three")] //~ T041
    seats: u32,
    class_name: String, //~ T040
}

fn main() {}

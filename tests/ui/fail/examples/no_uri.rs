use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "uri", example = "x")] //~ T042
    page: String,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "number", example = "1")] //~ T044
    paid: bool,
}

fn main() {}

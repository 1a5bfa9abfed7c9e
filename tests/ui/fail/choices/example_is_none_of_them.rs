use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = ["A", "B"], example = "C", default = "D")] //~ T041 T041
    level: String,
}

fn main() {}

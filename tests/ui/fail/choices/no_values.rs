use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = [])] //~ T028
    level: String,
    #[trigger(values = "A")] //~ T028
    row: String,
}

fn main() {}

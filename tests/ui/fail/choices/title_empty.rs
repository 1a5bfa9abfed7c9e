use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = [{"const": "A", "title": " "}])] //~ T046
    level: String,
}

fn main() {}

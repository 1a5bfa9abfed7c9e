use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = ["A", {"const": "B", "title": "Second"}])] //~ T028
    level: String,
    #[trigger(values = [{"const": "A"}, "B"])] //~ T028
    row: String,
}

fn main() {}

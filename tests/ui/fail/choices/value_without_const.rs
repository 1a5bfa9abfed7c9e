use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = [{"title": "First"}])] //~ T028
    level: String,
    #[trigger(values = [{"const": "A", "label": "First"}])] //~ T028
    row: String,
}

fn main() {}

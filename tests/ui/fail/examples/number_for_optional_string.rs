use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = 42)] //~ T041
    class_name: Option<String>,
}

fn main() {}

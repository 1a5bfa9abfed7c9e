use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = ["piano", "violin"])]
    tags: Vec<String>, //~ T024
}

fn main() {}

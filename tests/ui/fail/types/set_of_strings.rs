use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    tags: std::collections::BTreeSet<String>, //~ T024
}

fn main() {}

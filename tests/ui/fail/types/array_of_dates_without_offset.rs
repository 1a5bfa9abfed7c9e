use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    sessions: Vec<chrono::NaiveDateTime>, //~ T024
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    participants: Vec<Uuid>, //~ T024
}

fn main() {}

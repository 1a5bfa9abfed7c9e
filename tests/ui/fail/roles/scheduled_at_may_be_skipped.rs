use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", scheduled_at = starts_at)]
struct ClassBooked {
    #[serde(skip_serializing_if = "is_past")] //~ T030
    starts_at: jiff::Timestamp,
}

fn is_past(at: &jiff::Timestamp) -> bool {
    at.as_second() < 0
}

fn main() {}

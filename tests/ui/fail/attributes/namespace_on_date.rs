use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", scheduled_at = starts_at)]
struct ClassBooked {
    #[trigger(namespace = "start")] //~ T045
    starts_at: jiff::Timestamp,
}

fn main() {}

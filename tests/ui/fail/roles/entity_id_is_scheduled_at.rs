use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    scheduled_at = starts_at,
    entity_id = starts_at, //~ T011
)]
struct ClassBooked {
    starts_at: jiff::Timestamp,
}

fn main() {}

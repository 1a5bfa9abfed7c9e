use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    entity_id = booking //~ T011
)]
struct ClassBooked {
    booking_id: Uuid,
}

fn main() {}

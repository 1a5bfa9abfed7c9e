use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", entity_id = booking_id)]
struct ClassBooked {
    booking_id: Option<Uuid>, //~ T032
}

fn main() {}

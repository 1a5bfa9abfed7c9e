use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    contact = "contact_id" //~ T010
)]
struct ClassBooked {
    contact_id: Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "class_booked",
    contact = contactId //~ T011
)]
struct ClassBooked {
    contact_id: Uuid,
}

fn main() {}

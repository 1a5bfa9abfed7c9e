use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", contact = contact_id)]
struct ClassBooked {
    contact_id: ContactId, //~ T031
}

#[derive(Serialize)]
struct ContactId(Uuid);

fn main() {}

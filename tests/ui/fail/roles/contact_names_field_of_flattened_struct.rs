use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    contact = contact_id //~ T011
)]
struct ClassBooked {
    #[serde(flatten)]
    participant: Participant,
}

#[derive(Serialize, Property)]
struct Participant {
    contact_id: Uuid,
}

fn main() {}

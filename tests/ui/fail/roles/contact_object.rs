use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", contact = participant)]
struct ClassBooked {
    participant: Participant, //~ T031
}

#[derive(Serialize, Property)]
struct Participant {
    contact_id: Uuid,
}

fn main() {}

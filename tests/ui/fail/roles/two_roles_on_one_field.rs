use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    contact = person_id,
    member = person_id //~ T011
)]
struct ClassBooked {
    person_id: Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", contact = contact_id)]
struct ClassBooked {
    #[trigger(example = "abc")] //~ T042
    contact_id: Uuid,
}

fn main() {}

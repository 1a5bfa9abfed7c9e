use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", entity_id = id)]
struct ClassBooked {
    #[trigger(format = "email", example = "ada@example.com")] //~ T044
    id: Uuid,
}

fn main() {}

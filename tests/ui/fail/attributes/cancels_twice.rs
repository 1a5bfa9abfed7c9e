use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_offered", entity_id = class_id)]
struct ClassOffered {
    class_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_canceled",
    cancels(ClassOffered),
    cancels(ClassOffered) //~ T010
)]
struct ClassCanceled {
    class_id: Uuid,
}

fn main() {}

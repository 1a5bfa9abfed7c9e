use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Property)]
struct ClassId(Uuid);

#[derive(Serialize, Trigger)]
#[trigger(key = "class_offered", entity_id = class_id)]
struct ClassOffered {
    class_id: ClassId,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_canceled",
    entity_id = class_id,
    cancels(ClassOffered) //~ T033
)]
struct ClassCanceled {
    class_id: Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_offered")]
struct ClassOffered {
    class_id: Uuid,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_canceled",
    cancels(ClassOffered) //~ T033
)]
struct ClassCanceled {
    class_id: Uuid,
}

fn main() {}

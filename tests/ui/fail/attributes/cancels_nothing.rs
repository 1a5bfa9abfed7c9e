use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_canceled",
    cancels() //~ T010
)]
struct ClassCanceled {
    class_id: Uuid,
}

fn main() {}

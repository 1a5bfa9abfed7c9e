use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "uuid", example = "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")] //~ T044
    class_id: Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", contact = contact_id)]
struct ClassBooked {
    #[trigger(example = "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")]
    contact_id: String, //~ T031
}

fn main() {}

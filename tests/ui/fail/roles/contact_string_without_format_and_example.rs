use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", contact = contact_id)]
struct ClassBooked {
    contact_id: String, //~ T031
}

fn main() {}

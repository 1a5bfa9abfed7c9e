use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "Class booked", name = "Due")] //~ T002 T003
struct ClassBooked {
    #[serde(rename = "class-id")] //~ T020
    class_id: Uuid,
    length: std::time::Duration, //~ T022
    tags: Vec<String>, //~ T024
    #[trigger(titel = "Name")] //~ T009
    class_name: String, //~ T040
    #[trigger(example = "three")] //~ T041
    seats: u32,
    #[trigger(format = "email", example = "ada")] //~ T042
    email: String,
    #[trigger(format = "uuid")] //~ T044
    room: Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[serde(rename_all = "kebab-case")] //~ T020
#[trigger(key = "class_booked")]
struct ClassBooked {
    class_id: Uuid,
    free_seats: u32,
}

fn main() {}

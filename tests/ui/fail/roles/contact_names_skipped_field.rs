use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    contact = contact_id //~ T011
)]
struct ClassBooked {
    seats: u32,
    #[serde(skip)]
    contact_id: Uuid,
}

fn main() {}

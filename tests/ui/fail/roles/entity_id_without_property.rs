use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", entity_id = booking_id)]
struct ClassBooked {
    seats: u32,
    #[serde(skip)]
    booking_id: BookingId, //~ T032
}

struct BookingId(Uuid);

fn main() {}

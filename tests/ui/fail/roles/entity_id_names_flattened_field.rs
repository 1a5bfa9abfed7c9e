use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    entity_id = booking //~ T011
)]
struct ClassBooked {
    #[serde(flatten)]
    booking: Booking,
}

#[derive(Serialize, Property)]
struct Booking {
    booking_id: Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Cancelable, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    entity_id = boking_id //~ T011
)]
struct ClassBooked {
    seats: u32,
    booking_id: Uuid,
}

fn cancel<T: Cancelable>(_event: &T) {}

fn main() {
    cancel(&ClassBooked { seats: 2, booking_id: Uuid::nil() });
}

use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    scheduled_at = starts_at,
    contact = contact_id,
    member = membr_id, //~ T011
    entity_id = booking_number
)]
struct ClassBooked {
    starts_at: i64, //~ T030
    contact_id: u64, //~ T031
    member_id: Uuid,
    booking_number: u32, //~ T032
    class_name: String, //~ T040
}

fn main() {}

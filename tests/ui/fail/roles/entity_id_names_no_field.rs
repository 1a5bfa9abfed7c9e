use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    entity_id = uuid //~ T011
)]
struct ClassBooked {
    seats: u32,
}

fn main() {}

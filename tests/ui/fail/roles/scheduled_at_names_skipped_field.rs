use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    scheduled_at = starts_at //~ T011
)]
struct ClassBooked {
    seats: u32,
    #[serde(skip)]
    starts_at: jiff::Timestamp,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", scheduled_at = starts_at)]
struct ClassBooked {
    starts_at: i64, //~ T030
}

fn main() {}

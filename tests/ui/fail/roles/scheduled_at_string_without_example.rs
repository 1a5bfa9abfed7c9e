use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", scheduled_at = starts_at)]
struct ClassBooked {
    #[trigger(format = "date-time")]
    starts_at: String, //~ T040
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    starts_at: Option<time::OffsetDateTime>, //~ T022
}

fn main() {}

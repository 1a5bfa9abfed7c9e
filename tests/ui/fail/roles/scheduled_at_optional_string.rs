use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", scheduled_at = starts_at)]
struct ClassBooked {
    #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
    starts_at: Option<String>, //~ T030
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", scheduled_at = starts_at)]
struct ClassBooked {
    #[serde(with = "time::serde::rfc3339::option")]
    starts_at: Option<time::OffsetDateTime>, //~ T030
}

fn main() {}

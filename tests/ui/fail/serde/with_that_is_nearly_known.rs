use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[serde(with = "time::serde::iso8601")] //~ T050
    starts_at: time::OffsetDateTime,
}

fn main() {}

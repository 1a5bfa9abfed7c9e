use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = "tomorrow")] //~ T042
    starts_at: jiff::Timestamp,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "date-time", example = "tomorrow")] //~ T042
    starts_at: String,
}

fn main() {}

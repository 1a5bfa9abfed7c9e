use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "date", example = "15 January")] //~ T042
    starts_on: String,
}

fn main() {}

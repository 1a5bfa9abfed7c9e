use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = "15 January")] //~ T042
    starts_on: jiff::civil::Date,
}

fn main() {}

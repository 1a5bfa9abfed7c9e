use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", scheduled_at = starts_on)]
struct ClassBooked {
    starts_on: jiff::civil::Date, //~ T030
}

fn main() {}

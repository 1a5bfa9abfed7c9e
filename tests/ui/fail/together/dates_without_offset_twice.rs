use chrono::NaiveDateTime;
use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    starts_at: NaiveDateTime, //~ T022
    ends_at: NaiveDateTime, //~ T022
}

fn main() {}

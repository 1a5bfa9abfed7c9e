use std::time::Duration;

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    length: Duration, //~ T022
    pause: Duration, //~ T022
}

fn main() {}

use std::collections::HashMap;

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
    #[serde(flatten)]
    prices: HashMap<String, f64>, //~ T022
}

fn main() {}

use std::collections::BTreeMap;

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    prices: BTreeMap<String, f64>, //~ T022
}

fn main() {}

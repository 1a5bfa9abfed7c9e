use std::collections::HashMap;

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = [1])]
    seats: i128, //~ T022
    #[trigger(items(title = "Line"))]
    lines: HashMap<String, u8>, //~ T022
    #[trigger(format = "number", values = ["1"])] //~ T044
    rate: f64,
}

fn main() {}

use std::collections::HashMap;

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    prices: Prices,
}

#[derive(Serialize, Property)]
struct Prices(HashMap<String, f64>); //~ T022

fn main() {}

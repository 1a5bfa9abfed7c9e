use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    starts_at: Start,
}

#[derive(Serialize, Property)]
struct Start(chrono::NaiveDateTime); //~ T022

fn main() {}

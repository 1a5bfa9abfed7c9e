use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = ["A"])] //~ T028
    level: Level,
}

#[derive(Serialize, Property)]
enum Level {
    A,
    B,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    class_name: ClassName, //~ T040
}

#[derive(Serialize, Property)]
struct ClassName(String);

fn main() {}

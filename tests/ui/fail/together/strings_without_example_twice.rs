use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    class_name: String, //~ T040
    room: String, //~ T040
    email: Option<String>, //~ T040
}

fn main() {}

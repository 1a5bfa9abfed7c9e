use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(default = "Pottery")]
    class_name: String, //~ T040
}

fn main() {}

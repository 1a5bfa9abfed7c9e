use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = String::from("Pottery"))] //~ T041
    class_name: String,
}

fn main() {}

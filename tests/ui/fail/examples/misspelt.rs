use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(exampel = "Pottery")] //~ T009
    class_name: String,
}

fn main() {}

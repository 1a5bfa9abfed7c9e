use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "uuid", example = "abc")] //~ T042
    class_id: String,
}

fn main() {}

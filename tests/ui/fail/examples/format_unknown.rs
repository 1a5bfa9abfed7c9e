use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "phone", example = "+44 20 7946 0000")] //~ T043
    phone: String,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "time", example = "half past nine")] //~ T042
    opens: String,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = [1, 2, 1.0])] //~ T028
    rate: f64,
}

fn main() {}

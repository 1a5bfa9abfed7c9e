use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(items(title = "Seat"))] //~ T024
    seats: u32,
}

fn main() {}

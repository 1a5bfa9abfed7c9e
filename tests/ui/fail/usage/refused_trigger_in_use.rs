use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "Class booked")] //~ T002
struct ClassBooked {
    #[trigger(example = "three")] //~ T041
    seats: u32,
    length: std::time::Duration, //~ T022
}

fn main() {
    println!("{} {}", ClassBooked::SPEC.key(), ClassBooked::payload_document());
}

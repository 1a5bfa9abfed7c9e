use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key)] //~ T010
struct ClassBooked {
    seats: u32,
}

fn main() {}

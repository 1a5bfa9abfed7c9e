use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
    #[serde(skip)]
    #[trigger(titel = "Row")] //~ T009
    row: u32,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    payload(titel = "A booking"), //~ T009
)]
struct ClassBooked {
    #[trigger(payload(title = "Seats"))] //~ T009
    seats: u32,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_full",
    payload = "A class", //~ T010
    values = [1] //~ T009
)]
struct ClassFull {
    seats: u32,
}

fn main() {}

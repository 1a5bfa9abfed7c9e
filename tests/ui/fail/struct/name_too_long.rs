use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    name = "A class of the summer school that is held every year in July and in August was booked" //~ T003
)]
struct ClassBooked {
    seats: u32,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    payload(example = {"stars": 9, "room": {"floor": 1}}), //~ T041
)]
struct ClassBooked {
    #[trigger(values = [1, 5])]
    stars: u32,
    #[trigger(example = {"floor": 3})] //~ T041
    room: Room,
    #[trigger(default = [{"floor": 1}, {"floor": 2}])] //~ T041
    others: Option<Vec<Room>>,
}

#[derive(Serialize, Property)]
struct Room {
    #[trigger(values = [0, 1])]
    floor: i64,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Scheduled, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
}

fn plan<T: Scheduled>(_event: &T) {}

fn main() {
    plan(&ClassBooked { seats: 2 }); //~ T030
}

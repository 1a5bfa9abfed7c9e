use serde::Serialize;
use trigger_core::{Cancelable, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
}

fn cancel<T: Cancelable>(_event: &T) {}

fn main() {
    cancel(&ClassBooked { seats: 2 }); //~ T033
}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked<Level> { //~ T007
    seats: u32,
    #[serde(skip)]
    level: std::marker::PhantomData<Level>,
}

fn main() {}

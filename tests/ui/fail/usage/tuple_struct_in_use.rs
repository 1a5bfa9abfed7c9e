use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked(u32); //~ T005

fn report<T: Trigger>(_event: &T) {}

fn main() {
    report(&ClassBooked(2));
}

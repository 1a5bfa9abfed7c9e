use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize)]
struct ClassBooked {
    seats: u32,
}

fn report<T: Trigger>(_event: &T) {}

fn main() {
    report(&ClassBooked { seats: 2 }); //~ T005
}

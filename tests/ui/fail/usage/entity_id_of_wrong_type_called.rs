use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", entity_id = booking_number)]
struct ClassBooked {
    booking_number: u32, //~ T032
}

fn main() {
    println!("{}", ClassBooked { booking_number: 2 }.entity_id());
}

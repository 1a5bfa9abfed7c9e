use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
}

fn main() {
    let event = ClassBooked { seats: 2 };
    println!("{}", event.entity_id()); //~ T033
}

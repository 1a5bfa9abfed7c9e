use serde::Serialize;
use trigger_core::Trigger;
use trigger_core::report::Instance;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
}

fn move_to(site: &Instance, event: &ClassBooked) {
    let _ = event.reschedule(site); //~ T033
}

fn main() {}

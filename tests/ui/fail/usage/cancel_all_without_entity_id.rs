use serde::Serialize;
use trigger_core::Trigger;
use trigger_core::report::Instance;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    seats: u32,
}

fn take_back(site: &Instance, ids: Vec<Uuid>) {
    let _ = ClassBooked::cancel_all(site, ids); //~ T033
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    crate = "wix_triggers" //~ rustc rustc
)]
struct ClassBooked {
    seats: u32,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked", contact = email)]
struct ClassBooked {
    #[trigger(format = "email", example = "ada@example.com")] //~ T031
    email: String,
}

fn main() {}

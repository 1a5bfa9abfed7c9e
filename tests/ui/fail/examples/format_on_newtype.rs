use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "email", example = "ada@example.com")] //~ T044
    email: Email,
}

#[derive(Serialize, Property)]
struct Email(#[trigger(format = "email", example = "ada@example.com")] String);

fn main() {}

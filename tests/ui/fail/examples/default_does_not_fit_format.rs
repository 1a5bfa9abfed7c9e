use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(
        format = "email",
        example = "ada@example.com",
        default = "ada" //~ T042
    )]
    email: String,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(format = "email", values = ["ada@example.com", "ada"])] //~ T042
    email: String,
    #[trigger(values = ["first"])] //~ T042
    id: uuid::Uuid,
}

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(values = ["one", "two"])] //~ T028 T028
    seats: u32,
    #[trigger(values = [1, 1.5])] //~ T028
    stars: Option<i8>,
    #[trigger(values = [true, "yes"])] //~ T028
    paid: bool,
    #[trigger(values = [1])] //~ T028
    level: String,
}

fn main() {}

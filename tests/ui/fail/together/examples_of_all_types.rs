use serde::Serialize;
use trigger_core::Trigger;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_booked")]
struct ClassBooked {
    #[trigger(example = "three")] //~ T041
    seats: u32,
    #[trigger(example = "yes")] //~ T041
    paid: bool,
    #[trigger(example = "abc")] //~ T042
    class_id: Uuid,
    #[trigger(example = "tomorrow")] //~ T042
    starts_at: jiff::Timestamp,
    #[trigger(examples = ["one", "two"])] //~ T041 T041
    rows: u32,
}

fn main() {}

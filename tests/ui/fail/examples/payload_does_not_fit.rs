use serde::Serialize;
use trigger_core::Trigger;

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_booked",
    payload(default = {"seats": "many"}), //~ T041
)]
struct ClassBooked {
    seats: u32,
}

#[derive(Serialize, Trigger)]
#[trigger(
    key = "class_full",
    payload(
        examples = [
            {}, //~ T041
            {"seats": 1, "rows": 2}, //~ T041
            5 //~ T041
        ]
    ),
)]
struct ClassFull<'a> {
    seats: u32,
    #[trigger(example = "Pottery")]
    name: Option<&'a str>,
}

fn main() {}

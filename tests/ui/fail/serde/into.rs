use serde::Serialize;
use trigger_core::Property;

#[derive(Clone, Serialize, Property)]
#[serde(into = "u32")] //~ T050
struct Seats {
    free: u32,
}

impl From<Seats> for u32 {
    fn from(seats: Seats) -> Self {
        seats.free
    }
}

fn main() {}

use serde::Serialize;
use trigger_core::Property;

struct Seats {
    free: u32,
}

#[derive(Serialize, Property)]
#[serde(remote = "Seats")] //~ T050
struct WrittenSeats {
    free: u32,
}

fn main() {}

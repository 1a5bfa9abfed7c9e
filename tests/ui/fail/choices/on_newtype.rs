use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Seats(
    #[trigger(values = [1, 2])] //~ T009
    u32,
);

#[derive(Serialize, Property)]
struct Rows(
    #[trigger(items(title = "Row"))] //~ T009
    u32,
);

fn main() {}

use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Seats(#[trigger(default = 1)] u32); //~ T009

fn main() {}

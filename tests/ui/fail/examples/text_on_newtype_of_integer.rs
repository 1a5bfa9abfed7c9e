use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Seats(#[trigger(example = "three")] u32); //~ T041

fn main() {}

use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Seats(#[trigger(format = "number", example = "3")] u32); //~ T044

fn main() {}

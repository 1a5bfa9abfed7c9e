use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line(u32, f64); //~ T006

fn main() {}

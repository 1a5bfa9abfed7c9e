use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line; //~ T006

fn main() {}

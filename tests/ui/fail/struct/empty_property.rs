use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line {} //~ T008

fn main() {}

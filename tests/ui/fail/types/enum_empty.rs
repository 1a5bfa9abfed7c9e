use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
enum Status {} //~ T006

fn main() {}

#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Property)]
enum Status {
    Sent,
    Paid { by: String }, //~ T006
}

fn main() {}

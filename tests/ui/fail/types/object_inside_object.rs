#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
    price: Price, //~ T023
}

#[derive(Serialize, Property)]
struct Price {
    amount: f64,
}

fn main() {}

use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Trigger)]
#[trigger(key = "menu_changed")]
struct MenuChanged {
    dishes: Vec<Dish>,
}

#[derive(Serialize, Property)]
struct Dish {
    price: f64,
    sides: Vec<Dish>, //~ T023
}

fn main() {}

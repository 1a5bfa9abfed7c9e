use serde::Serialize;
use trigger_core::{Property, Trigger};

#[derive(Serialize, Property)]
struct Line {
    quantity: u32,
}

fn report<T: Trigger>(event: &T) {
    println!("{}", T::SPEC.key());
    let _ = event;
}

fn main() {
    report(&Line { quantity: 2 }); //~ T005
}

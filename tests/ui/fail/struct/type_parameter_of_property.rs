use serde::Serialize;
use trigger_core::Property;

#[derive(Serialize, Property)]
struct Line<Amount> { //~ T007
    quantity: u32,
    #[serde(skip)]
    amount: std::marker::PhantomData<Amount>,
}

fn main() {}

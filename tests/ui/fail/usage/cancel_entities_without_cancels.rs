use serde::Serialize;
use trigger_core::Trigger;
use trigger_core::report::Instance;
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "class_canceled")]
struct ClassCanceled {
    seats: u32,
}

fn send(site: &Instance, event: &ClassCanceled) {
    let _ = event.report(site).cancel_entities([Uuid::nil()]); //~ T033
}

fn main() {}

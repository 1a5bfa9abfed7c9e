use serde::Serialize;
use trigger_core::Property;
use uuid::Uuid;

#[derive(Serialize, Property)]
struct InvoiceId(#[trigger(title = "Invoice")] Uuid); //~ T009

fn main() {}

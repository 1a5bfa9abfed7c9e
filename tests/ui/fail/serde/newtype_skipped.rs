use serde::Serialize;
use trigger_core::Property;
use uuid::Uuid;

#[derive(Serialize, Property)]
struct InvoiceId(#[serde(skip)] Uuid); //~ T050

fn main() {}

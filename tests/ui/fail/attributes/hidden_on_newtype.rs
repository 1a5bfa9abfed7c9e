use serde::Serialize;
use trigger_core::Property;
use uuid::Uuid;

#[derive(Serialize, Property)]
struct InvoiceId(
    #[trigger(hidden)] //~ T009
    Uuid,
);

fn main() {}

use serde::Serialize;
use trigger_core::Trigger;

#[derive(Trigger)]
#[trigger(key = "invoice_due")]
union InvoiceDue { //~ T005
    number: u64,
    days: u32,
}

impl Serialize for InvoiceDue {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

fn main() {}

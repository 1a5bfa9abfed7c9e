#![allow(unused_imports)]
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[trigger(key = "invoice_due", scheduled_at = due_at, entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    #[trigger(format = "date", example = "2026-01-15")] //~ T030
    due_at: String,
}

fn main() {}

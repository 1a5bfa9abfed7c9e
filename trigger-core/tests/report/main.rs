//! The report function over a transport in memory, in virtual time.

mod cancels;
mod law;
mod retries;
mod sdk;
mod tokens;
mod wix;

use serde::Serialize;
use trigger_core::Trigger;
use trigger_core::report::{App, Instance};
use uuid::Uuid;

use wix::Wix;

const SITE: Uuid = Uuid::from_u128(0xb001);
const INVOICE: Uuid = Uuid::from_u128(7);
const SECRET: &str = "not-a-secret";

/// An invoice is about to be due.
#[derive(Debug, Serialize, Trigger)]
#[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
struct InvoiceDue {
    invoice_id: Uuid,
    cents: u32,
}

const DUE: InvoiceDue = InvoiceDue { invoice_id: INVOICE, cents: 12_050 };

fn app(wix: &Wix) -> App {
    App::builder("an-app", SECRET).transport(wix.clone()).build().expect("an app")
}

fn site(wix: &Wix) -> Instance {
    app(wix).instance(SITE)
}

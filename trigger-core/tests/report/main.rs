//! The report function over a transport in memory, in virtual time.

mod bulk;
mod cancels;
mod drops;
mod law;
mod retries;
mod sdk;
mod tokens;
mod traces;
mod wix;

use std::future::IntoFuture;

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

/// What may be kept anywhere, and awaited anywhere.
#[test]
fn handles_are_cheap_and_futures_are_send() {
    fn kept<T: Clone + Send + Sync + 'static>() {}
    fn sent<T: Send>(_: &T) {}
    kept::<App>();
    kept::<Instance>();
    let wix = Wix::default();
    let site = site(&wix);
    sent(&DUE.report(&site).into_future());
    sent(&DUE.reschedule(&site).into_future());
    sent(&InvoiceDue::cancel(&site, INVOICE).into_future());
}

fn app(wix: &Wix) -> App {
    App::builder("an-app", SECRET).transport(wix.clone()).build().expect("an app")
}

fn site(wix: &Wix) -> Instance {
    app(wix).instance(SITE)
}

//! The typed report function: what compiles is a valid event, and an event whose report returned
//! `Ok` took effect once.
//!
//! An [`App`] is made once; its [`Instance`]s, one for each Wix site, are cheap handles of it.
//!
//! ```
//! use serde::Serialize;
//! use trigger_core::report::{App, CallError, ReportError};
//! use trigger_core::Trigger;
//! use uuid::Uuid;
//!
//! #[derive(Serialize, Trigger)]
//! #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
//! struct InvoiceDue {
//!     invoice_id: Uuid,
//! }
//!
//! async fn send(app: &App, site: Uuid, event: InvoiceDue) -> Result<(), ReportError> {
//!     event.report(&app.instance(site)).await?;
//!     Ok(())
//! }
//!
//! async fn take_back(app: &App, site: Uuid, invoice_id: Uuid) -> Result<(), CallError> {
//!     InvoiceDue::cancel(&app.instance(site), invoice_id).await
//! }
//! ```
//!
//! # Many at once
//!
//! [`Trigger::report_all`](crate::Trigger::report_all) and
//! [`Trigger::cancel_all`](crate::Trigger::cancel_all) take any number, send up to 100 in a call and
//! tell of each one what became of it. Those that Wix could not process or does not mention are
//! tried again without the others.
//!
//! ```
//! # use serde::Serialize;
//! # use trigger_core::report::Instance;
//! # use trigger_core::Trigger;
//! # use uuid::Uuid;
//! # #[derive(Serialize, Trigger)]
//! # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
//! # struct InvoiceDue {
//! #     invoice_id: Uuid,
//! # }
//! async fn send_all(site: &Instance, events: &[InvoiceDue]) {
//!     let outcomes = InvoiceDue::report_all(site, events).await;
//!     for (index, failed) in outcomes.failed() {
//!         eprintln!("{}: {}", events[index].invoice_id, failed.error);
//!     }
//! }
//! ```
//!
//! # What is retried
//!
//! Connections that fail or are cut, timeouts, and the statuses 429, 500, 502, 503 and 504; nothing
//! else. A call is tried 3 times, after waits of anything up to 100 ms, then 200 ms and so on up to
//! 20 s; what `Retry-After` asks for comes on top, and is cut to the same 20 s. A wait that would pass
//! the call's deadline, two minutes, or the time to live of its key, fails at once. All retries of an
//! app come out of one budget: 100 at once, and then one for every 10 calls that went well, so that
//! an outage is not met with a storm.
//!
//! A report has an idempotency key from its first attempt on, and keeps it, so that an event whose
//! answer was lost does not take effect a second time (Wix's reference: a repeated key of the same
//! trigger is ignored for a week, or for the time to live). A [`ReportError`] has the key: within that
//! time, the same report with it is safe, whatever became of the first. A future that is dropped, by
//! a time limit or a request that ends, gives no error: who may drop one sets the key before.
//!
//! ```
//! # use serde::Serialize;
//! # use trigger_core::Trigger;
//! # use uuid::Uuid;
//! # #[derive(Serialize, Trigger)]
//! # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
//! # struct InvoiceDue { invoice_id: Uuid }
//! use std::time::Duration;
//! use tokio::time::timeout;
//! use trigger_core::report::{IdempotencyKey, Instance};
//!
//! async fn send(site: &Instance, event: &InvoiceDue) -> Result<(), IdempotencyKey> {
//!     let key = IdempotencyKey::random();
//!     let report = event.report(site).idempotency_key(key.clone());
//!     match timeout(Duration::from_secs(2), report.into_future()).await {
//!         Ok(Ok(_)) => Ok(()),
//!         Ok(Err(_)) | Err(_) => Err(key), // once more, later, with this key
//!     }
//! }
//! ```
//!
//! # Tokens and limits
//!
//! A token is fetched for each site when it is first needed, kept until shortly before it expires,
//! and fetched once more where Wix no longer takes it. Calls that need it at the same time wait for
//! one fetch, with retries of its own, and all fail with what that fails with. If Wix refuses the app
//! on a site, it is not asked again for that site for 10 seconds.
//!
//! No minute has more than 200 calls of a site, Wix's own limit; the others wait, and fail at once,
//! with [`CallError::LimitReached`], if that leaves no time for an attempt. Calls for tokens are not
//! counted: whether Wix does is not public.
//!
//! # What can be seen
//!
//! `tracing` has a span for each call, with the trigger key, the site and the path, and in it an event
//! for each attempt, with its status and Wix's id of the request: a warning where a call fails, or a
//! scheduled event is too late, and at the level `debug` the rest. Payloads, tokens and secrets are in
//! none of them.
//!
//! # Events that end others
//!
//! A trigger with `cancels(…)` is reported first; then, in the order in which they are written, the
//! events of those triggers are canceled: for its own entity, or for those that
//! [`Report::cancel_entities`] names. Nothing is canceled for a report that fails. Where a cancel
//! fails, the others are tried all the same, [`CallError::Cancels`] tells which failed, and the same
//! report with the same key, once more, mends it: Wix ignores the event, which it has.
//!
//! A cancel whose answer was lost may reach Wix late, and then ends what was reported after it; that
//! cannot be told from here.
//!
//! # In a synchronous program
//!
//! ```no_run
//! # use serde::Serialize;
//! # use trigger_core::{Trigger, report::App};
//! # use uuid::Uuid;
//! # #[derive(Serialize, Trigger)]
//! # #[trigger(key = "class_full", name = "Class full")]
//! # struct ClassFull { seats: u32 }
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! # let (site, event) = (Uuid::nil(), ClassFull { seats: 12 });
//! let app = App::builder("the app's id", "its secret").build()?;
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! runtime.block_on(async { event.report(&app.instance(site)).await })?;
//! # Ok(())
//! # }
//! ```
//!
//! # In a server
//!
//! An app is a cheap handle: a server holds one in its state. With axum:
//!
//! ```
//! # use axum::{Json, Router, extract::State, http::StatusCode, routing::post};
//! # use serde::{Deserialize, Serialize};
//! # use trigger_core::{Trigger, report::App};
//! # use uuid::Uuid;
//! # #[derive(Serialize, Trigger)]
//! # #[trigger(key = "invoice_paid", name = "Invoice paid", entity_id = invoice_id)]
//! # struct InvoicePaid { invoice_id: Uuid }
//! # #[derive(Deserialize)]
//! # struct Paid { invoice_id: Uuid, instance_id: Uuid }
//! fn router(app: App) -> Router {
//!     Router::new().route("/paid", post(paid)).with_state(app)
//! }
//!
//! async fn paid(State(app): State<App>, Json(paid): Json<Paid>) -> Result<(), StatusCode> {
//!     let event = InvoicePaid { invoice_id: paid.invoice_id };
//!     event.report(&app.instance(paid.instance_id)).await.map_err(|_| StatusCode::BAD_GATEWAY)?;
//!     Ok(())
//! }
//! ```

mod app;
mod bulk;
mod call;
mod cancel;
mod date;
mod entity_id;
mod error;
mod event;
mod idempotency;
mod limiter;
#[cfg(feature = "reqwest")]
mod over_reqwest;
mod reschedule;
mod retry;
mod site;
mod transport;
mod wire;

pub use app::{App, AppBuilder, BuildError, Instance};
pub use bulk::{CancelAll, Outcomes, ReportAll};
pub use cancel::Cancel;
pub use entity_id::EntityId;
pub use error::{CallError, CancelFailure, FieldViolation, Refusal, ReportError};
pub use event::{ActivationIds, Report, Reported};
pub use idempotency::{IdempotencyKey, KeyError};
pub use reschedule::{Reschedule, RescheduleError};
pub use transport::{Body, Request, Response, Sending, Transport, TransportError};

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
//! # What is retried
//!
//! Connections that fail or are cut, timeouts, and the statuses 429, 500, 502, 503 and 504; nothing
//! else. A report has an idempotency key from its first attempt on, and keeps it, so that an event
//! whose answer was lost does not take effect a second time (Wix's reference: a repeated key of the
//! same trigger is ignored for a week, or for the time to live).
//!
//! # In a synchronous program
//!
//! ```
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
//! # async fn report() -> Result<(), std::io::Error> { Ok(()) }
//! runtime.block_on(report())?;
//! # Ok(())
//! # }
//! ```

mod app;
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
pub use cancel::Cancel;
pub use entity_id::EntityId;
pub use error::{CallError, CancelFailure, FieldViolation, Refusal, ReportError};
pub use event::{ActivationIds, Report, Reported};
pub use idempotency::{IdempotencyKey, KeyError};
pub use reschedule::{Reschedule, RescheduleError};
pub use transport::{Request, Response, Sending, Transport, TransportError};

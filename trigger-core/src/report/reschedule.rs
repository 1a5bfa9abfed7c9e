use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::app::Instance;
use super::cancel::Cancel;
use super::error::{CallError, ReportError};
use super::event::{Report, Reported};
use super::idempotency::IdempotencyKey;
use crate::Trigger;

/// An event that takes the place of those of its entity: see
/// [`Trigger::reschedule`](crate::Trigger::reschedule).
#[derive(Debug)]
#[must_use = "nothing is sent before this is awaited"]
pub struct Reschedule<'e, T> {
    pub(crate) event: &'e T,
    pub(crate) instance: Instance,
}

/// Why an event was not rescheduled.
///
/// ```
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use uuid::Uuid;
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
/// # struct InvoiceDue { invoice_id: Uuid }
/// use trigger_core::report::{Instance, RescheduleError};
///
/// async fn move_to(site: &Instance, event: &InvoiceDue) -> Result<(), RescheduleError> {
///     match event.reschedule(site).await {
///         Err(RescheduleError::Report(failed)) => {
///             // Nothing is scheduled now: once more, under the same key.
///             let again = event.report(site).idempotency_key(failed.idempotency_key);
///             again.await.map_err(RescheduleError::Report)?;
///         }
///         other => drop(other?),
///     }
///     Ok(())
/// }
/// ```
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RescheduleError {
    /// The event itself is wrong; nothing was sent.
    #[error("the new event cannot be reported, and the earlier ones stand")]
    Event(#[source] CallError),
    /// The earlier events could not be canceled, or nobody knows; nothing was reported.
    #[error("the earlier events of the entity were not canceled")]
    Cancel(#[source] CallError),
    /// The earlier events are canceled, but this one was not reported, or nobody knows, or was, and
    /// what ends with it was not canceled. Reporting it with the key of this error mends that.
    #[error("the earlier events of the entity are canceled, but the report of the new one failed")]
    Report(#[source] ReportError),
}

impl RescheduleError {
    /// What the call that failed says.
    #[must_use]
    pub fn call(&self) -> &CallError {
        match self {
            Self::Event(error) | Self::Cancel(error) => error,
            Self::Report(failed) => &failed.error,
        }
    }
}

impl<T: Trigger + Sync> Reschedule<'_, T> {
    async fn send(self) -> Result<Reported, RescheduleError> {
        let Self { event, instance } = self;
        // A key of its own: nothing says that a cancel frees the one of the earlier report.
        let key = IdempotencyKey::random();
        let report = Report::new(event, &instance);
        let encoded = report.encode(&key).map_err(RescheduleError::Event)?;
        let (trigger_key, entity) = (T::SPEC.key(), event.entity_id_field().unwrap_or_default());
        let cancel = Cancel { trigger_key, instance: instance.clone(), entity };
        cancel.await.map_err(RescheduleError::Cancel)?;
        report.send_encoded(encoded, key).await.map_err(RescheduleError::Report)
    }
}

// Not only for `Cancelable` ones, which is asked where this is made: a second error would say that
// this is no future.
impl<'e, T: Trigger + Sync> IntoFuture for Reschedule<'e, T> {
    type Output = Result<Reported, RescheduleError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'e>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

use std::future::{Future, IntoFuture};
use std::pin::Pin;

use super::app::Instance;
use super::cancel::Cancel;
use super::error::{CallError, ReportError};
use super::event::{Report, Reported};
use super::idempotency::IdempotencyKey;
use crate::{Cancelable, Trigger};

/// An event that takes the place of those of its entity: see
/// [`Trigger::reschedule`](crate::Trigger::reschedule).
#[derive(Debug)]
#[must_use = "nothing is sent before this is awaited"]
pub struct Reschedule<'e, T> {
    pub(crate) event: &'e T,
    pub(crate) instance: Instance,
}

/// Why an event was not rescheduled.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RescheduleError {
    /// The event itself is wrong; nothing was sent.
    #[error("the new event cannot be reported, and the earlier ones stand")]
    Event(#[source] CallError),
    /// The earlier events could not be canceled, or nobody knows; nothing was reported.
    #[error("the earlier events of the entity were not canceled")]
    Cancel(#[source] CallError),
    /// The earlier events are canceled, but this one was not reported, or nobody knows. Reporting
    /// it with the key of this error mends that.
    #[error("the earlier events of the entity are canceled, but the report of the new one failed")]
    Report(#[source] ReportError),
}

impl<T: Cancelable + Sync> Reschedule<'_, T> {
    async fn send(self) -> Result<Reported, RescheduleError> {
        let Self { event, instance } = self;
        // A key of its own: nothing says that a cancel frees the one of the earlier report.
        let key = IdempotencyKey::random();
        let report = Report::new(event, &instance);
        let encoded = report.encode(&key).map_err(RescheduleError::Event)?;
        let (trigger_key, entity) = (T::SPEC.key(), event.entity_id());
        let cancel = Cancel { trigger_key, instance: instance.clone(), entity };
        cancel.await.map_err(RescheduleError::Cancel)?;
        report.send_encoded(encoded, key).await.map_err(RescheduleError::Report)
    }
}

impl<'e, T: Cancelable + Trigger + Sync> IntoFuture for Reschedule<'e, T> {
    type Output = Result<Reported, RescheduleError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'e>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

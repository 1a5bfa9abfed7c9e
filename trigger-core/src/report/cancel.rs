use std::future::{Future, IntoFuture};
use std::pin::Pin;

use serde::de::IgnoredAny;
use uuid::Uuid;

use super::app::Instance;
use super::call::Call;
use super::error::CallError;
use super::wire;

/// A cancel that is sent where it is awaited: see [`Trigger::cancel`](crate::Trigger::cancel).
///
/// Once more is safe, however often.
///
/// ```
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use uuid::Uuid;
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
/// # struct InvoiceDue { invoice_id: Uuid }
/// use trigger_core::report::{CallError, Instance};
///
/// async fn take_back(site: &Instance, invoice_id: Uuid) -> Result<(), CallError> {
///     InvoiceDue::cancel(site, invoice_id).await
/// }
/// ```
#[derive(Debug)]
#[must_use = "nothing is sent before this is awaited"]
pub struct Cancel {
    pub(crate) trigger_key: &'static str,
    pub(crate) instance: Instance,
    pub(crate) entity: Uuid,
}

impl Cancel {
    async fn send(self) -> Result<(), CallError> {
        let body = wire::cancel(self.trigger_key, self.entity);
        let call =
            Call { path: wire::CANCEL, trigger_key: self.trigger_key, body: &body, ttl: None };
        let IgnoredAny = call.make(&self.instance).await?;
        Ok(())
    }
}

impl IntoFuture for Cancel {
    type Output = Result<(), CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

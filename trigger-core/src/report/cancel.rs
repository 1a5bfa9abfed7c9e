use std::future::{Future, IntoFuture};
use std::pin::Pin;

use serde::de::IgnoredAny;
use uuid::Uuid;

use super::app::Instance;
use super::call::Call;
use super::error::CallError;
use super::wire;

/// A cancel that is sent where it is awaited: see [`Trigger::cancel`](crate::Trigger::cancel).
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

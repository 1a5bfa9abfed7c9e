use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use uuid::Uuid;

use super::app::Instance;
use super::call::Call;
use super::error::{CallError, ReportError};
use super::idempotency::IdempotencyKey;
use super::wire;
use crate::__private::NoEntityId;
use crate::{Trigger, payload};

/// A report that is sent where it is awaited: see [`Trigger::report`].
#[derive(Debug)]
#[must_use = "nothing is sent before this is awaited"]
pub struct Report<'e, T> {
    event: &'e T,
    instance: Instance,
    key: Option<IdempotencyKey>,
    ttl: Option<Duration>,
    entity: Option<Uuid>,
}

impl<'e, T: Trigger> Report<'e, T> {
    pub(crate) fn new(event: &'e T, instance: &Instance) -> Self {
        let entity = event.entity_id_field();
        Self { event, instance: instance.clone(), key: None, ttl: None, entity }
    }

    /// The key by which Wix knows this report; a random one without this.
    pub fn idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.key = Some(key);
        self
    }

    /// How long Wix keeps the idempotency key, at least a millisecond; a week without this.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = Some(ttl.max(Duration::from_millis(1)));
        self
    }

    async fn send(self) -> Result<Reported, ReportError> {
        let idempotency_key = self.key.unwrap_or_else(IdempotencyKey::random);
        let report = async {
            let payload = payload::to_vec(self.event)?;
            let trigger_key = T::SPEC.key();
            let body = wire::report(trigger_key, &payload, self.entity, &idempotency_key, self.ttl);
            let call = Call { path: wire::REPORT, trigger_key, body: &body };
            let answer: wire::Reported = call.make(&self.instance).await?;
            Ok(ActivationIds(answer.activation_ids))
        };
        let result: Result<_, CallError> = report.await;
        match result {
            Ok(activation_ids) => Ok(Reported { activation_ids, idempotency_key }),
            Err(error) => Err(ReportError { error, idempotency_key }),
        }
    }
}

impl<T: Trigger<EntityIdField = NoEntityId>> Report<'_, T> {
    /// The id that the event can be canceled by, for a trigger that has no `entity_id` of its own.
    pub fn external_entity_id(mut self, id: Uuid) -> Self {
        self.entity = Some(id);
        self
    }
}

impl<'e, T: Trigger + Sync> IntoFuture for Report<'e, T> {
    type Output = Result<Reported, ReportError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send + 'e>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.send())
    }
}

/// An event that Wix has accepted.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reported {
    /// The activations of the site's automations.
    pub activation_ids: ActivationIds,
    /// The key of the report.
    pub idempotency_key: IdempotencyKey,
}

/// The activations that an event started, one for each of the site's automations that use the
/// trigger.
///
/// There are none where no automation uses it, and perhaps none where the answer to the first
/// attempt was lost: whether Wix tells them again is not public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivationIds(Vec<String>);

impl ActivationIds {
    /// The ids that Wix told.
    #[must_use]
    pub fn told(&self) -> &[String] {
        &self.0
    }
}

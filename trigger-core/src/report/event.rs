use std::future::{Future, IntoFuture};
use std::pin::Pin;
use std::time::Duration;

use uuid::Uuid;

use super::app::Instance;
use super::bulk::CancelAll;
use super::call::Call;
use super::cancel::Cancel;
use super::date;
use super::error::{CallError, CancelFailure, ReportError};
use super::idempotency::IdempotencyKey;
use super::wire::{self, Beside};
use crate::__private::NoEntityId;
use crate::{CancelsOthers, Trigger};

/// A report that is sent where it is awaited: see [`Trigger::report`].
///
/// ```
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use uuid::Uuid;
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
/// # struct InvoiceDue { invoice_id: Uuid }
/// use std::time::Duration;
/// use trigger_core::report::{IdempotencyKey, Instance, ReportError};
///
/// async fn send(site: &Instance, event: InvoiceDue) -> Result<(), ReportError> {
///     let key = IdempotencyKey::derive::<InvoiceDue>(site.id(), event.invoice_id, 1);
///     event.report(site).idempotency_key(key).ttl(Duration::from_hours(48)).await?;
///     Ok(())
/// }
/// ```
#[derive(Debug)]
#[must_use = "nothing is sent before this is awaited"]
pub struct Report<'e, T> {
    event: &'e T,
    instance: Instance,
    key: Option<IdempotencyKey>,
    ttl: Option<Duration>,
    entity: Option<Uuid>,
    /// Whose events end with this one, if not those of its own entity.
    canceled: Option<Vec<Uuid>>,
}

impl<'e, T: Trigger> Report<'e, T> {
    pub(crate) fn new(event: &'e T, instance: &Instance) -> Self {
        Self {
            event,
            instance: instance.clone(),
            key: None,
            ttl: None,
            entity: event.entity_id_field(),
            canceled: None,
        }
    }

    /// The key by which Wix knows this report; a random one without this, which is lost if the report
    /// is dropped.
    pub fn idempotency_key(mut self, key: IdempotencyKey) -> Self {
        self.key = Some(key);
        self
    }

    /// How long Wix keeps the idempotency key, at least a millisecond; a week without this. All
    /// retries are over within that time: Wix would not know a later one for the same report.
    pub fn ttl(mut self, ttl: Duration) -> Self {
        self.ttl = Some(ttl.max(Duration::from_millis(1)));
        self
    }

    /// The entities whose events end with this one, for a trigger with `cancels(…)` whose own
    /// `entity_id` is not theirs: the enrollments of a class that is canceled.
    ///
    /// Without this, the events of the event's own entity are canceled. A trigger without
    /// `cancels(…)` has no such thing: that does not compile.
    ///
    /// ```
    /// use serde::Serialize;
    /// use trigger_core::Trigger;
    /// use trigger_core::report::{Instance, ReportError};
    /// use uuid::Uuid;
    ///
    /// #[derive(Serialize, Trigger)]
    /// #[trigger(key = "class_starting", entity_id = enrollment_id)]
    /// struct ClassStarting {
    ///     enrollment_id: Uuid,
    /// }
    ///
    /// #[derive(Serialize, Trigger)]
    /// #[trigger(key = "class_canceled", cancels(ClassStarting))]
    /// struct ClassCanceled {
    ///     class_id: Uuid,
    /// }
    ///
    /// async fn send(
    ///     site: &Instance,
    ///     event: ClassCanceled,
    ///     enrollments: Vec<Uuid>,
    /// ) -> Result<(), ReportError> {
    ///     event.report(site).cancel_entities(enrollments).await?;
    ///     Ok(())
    /// }
    /// ```
    pub fn cancel_entities(mut self, ids: impl IntoIterator<Item = Uuid>) -> Self
    where
        T: CancelsOthers,
    {
        self.canceled = Some(ids.into_iter().collect());
        self
    }

    async fn send(self) -> Result<Reported, ReportError> {
        let key = self.key.clone().unwrap_or_else(IdempotencyKey::random);
        match self.encode(&key) {
            Ok(encoded) => self.send_encoded(encoded, key).await,
            Err(error) => Err(ReportError { error, idempotency_key: key }),
        }
    }

    /// All that can be wrong with the event itself is told here.
    pub(super) fn encode(&self, key: &IdempotencyKey) -> Result<Encoded, CallError> {
        let canceled = canceled_entities::<T>(self.canceled.as_deref(), self.entity)?;
        let (body, payload) = wire::report(self.event, &self.beside(key))?;
        let date_has_passed = date::judge::<T>(&self.instance, &body[payload])?;
        Ok(Encoded { body, date_has_passed, canceled })
    }

    fn beside<'r>(&self, key: &'r IdempotencyKey) -> Beside<'r> {
        Beside { entity: self.entity, key, ttl: self.ttl }
    }

    pub(super) async fn send_encoded(
        self,
        encoded: Encoded,
        idempotency_key: IdempotencyKey,
    ) -> Result<Reported, ReportError> {
        let Encoded { body, date_has_passed, canceled } = encoded;
        let trigger_key = T::SPEC.key();
        let call = Call { path: wire::REPORT, trigger_key, body: &body, ttl: self.ttl };
        let error = match call.make::<wire::Reported>(&self.instance).await {
            Err(error) => error,
            Ok(answer) => {
                let failures = cancel_others::<T>(&self.instance, &canceled).await;
                if failures.is_empty() {
                    let activation_ids = ActivationIds(answer.activation_ids);
                    return Ok(Reported { activation_ids, date_has_passed, idempotency_key });
                }
                let failures = failures.into_iter().map(|(_, failure)| failure).collect();
                CallError::Cancels { failures }
            }
        };
        Err(ReportError { error, idempotency_key })
    }
}

/// Whose events end with an event: those of the entities that are named, or of its own.
pub(super) fn canceled_entities<T: Trigger>(
    named: Option<&[Uuid]>,
    own: Option<Uuid>,
) -> Result<Vec<Uuid>, CallError> {
    match (named, own) {
        _ if T::CANCELS.is_empty() => Ok(Vec::new()),
        (Some(entities), _) => Ok(entities.to_vec()),
        (None, Some(own)) => Ok(vec![own]),
        (None, None) => Err(CallError::NoEntities),
    }
}

/// A report as it is sent, and what is known of it.
pub(super) struct Encoded {
    body: Vec<u8>,
    date_has_passed: bool,
    /// Whose events end with this one.
    canceled: Vec<Uuid>,
}

/// Cancels the events that end with those of the trigger `T`, of these entities, and tells for
/// each entity what failed.
pub(super) async fn cancel_others<T: Trigger>(
    instance: &Instance,
    entities: &[Uuid],
) -> Vec<(usize, CancelFailure)> {
    let mut failures = Vec::new();
    for trigger in T::SPEC.cancels() {
        let trigger_key = trigger.key();
        let outcomes = cancel(instance, trigger_key, entities).await;
        for ((index, entity), outcome) in entities.iter().copied().enumerate().zip(outcomes) {
            if let Err(error) = outcome {
                failures.push((index, CancelFailure { trigger_key, entity, error }));
            }
        }
    }
    failures
}

async fn cancel(
    instance: &Instance,
    trigger_key: &'static str,
    entities: &[Uuid],
) -> Vec<Result<(), CallError>> {
    let instance = instance.clone();
    match entities {
        [entity] => vec![Cancel { trigger_key, instance, entity: *entity }.await],
        _ => {
            let all = CancelAll { trigger_key, instance, entities: entities.to_vec() };
            all.await.into_iter().collect()
        }
    }
}

impl<T: Trigger> Report<'_, T> {
    /// The body that would be sent, for who measures.
    ///
    /// # Errors
    ///
    /// If the payload does not fit.
    #[doc(hidden)]
    pub fn encoded(&self, key: &IdempotencyKey) -> Result<Vec<u8>, CallError> {
        Ok(wire::report(self.event, &self.beside(key))?.0)
    }
}

impl<T: Trigger<EntityIdField = NoEntityId>> Report<'_, T> {
    /// The id that the event can be canceled by, for a trigger that has no `entity_id` of its own: by
    /// who else calls Wix's API, since [`Trigger::cancel`] is for triggers that have one.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "class_full", name = "Class full")]
    /// # struct ClassFull { seats: u32 }
    /// use trigger_core::report::{EntityId, Instance, ReportError};
    ///
    /// async fn send(site: &Instance, event: ClassFull, class: &str) -> Result<(), ReportError> {
    ///     let id = EntityId::derive("1f0e8a52-4b1c-4e0a-9c53-3a9d5a7c2b11", ["class", class]);
    ///     event.report(site).external_entity_id(id).await?;
    ///     Ok(())
    /// }
    /// ```
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
///
/// ```
/// use trigger_core::report::Reported;
///
/// fn tell(reported: &Reported) {
///     if reported.date_has_passed {
///         println!("too late: no automation will run");
///     }
///     for id in reported.activation_ids.told() {
///         println!("activation {id} of report {}", reported.idempotency_key);
///     }
/// }
/// ```
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reported {
    /// The activations of the site's automations.
    pub activation_ids: ActivationIds,
    /// Whether the date-time of a scheduled event had passed already: Wix skips its activations
    /// then (`SCHEDULE_DATE_EXPIRED`).
    pub date_has_passed: bool,
    /// The key of the report.
    pub idempotency_key: IdempotencyKey,
}

/// The activations that an event started, one for each of the site's automations that use the
/// trigger.
///
/// There are none where no automation uses it, and perhaps none where the answer to the first
/// attempt was lost: whether Wix tells them again is not public.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ActivationIds(pub(super) Vec<String>);

impl ActivationIds {
    /// The ids that Wix told.
    #[must_use]
    pub fn told(&self) -> &[String] {
        &self.0
    }
}

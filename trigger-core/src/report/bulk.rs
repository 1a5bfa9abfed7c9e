//! Many events or cancels, in calls of up to a hundred.

use std::borrow::Borrow;
use std::collections::HashSet;
use std::fmt;
use std::future::{Future, IntoFuture, poll_fn};
use std::marker::PhantomData;
use std::ops::Deref;
use std::pin::Pin;
use std::sync::{Mutex, PoisonError};
use std::task::Poll;
use std::time::Duration;

use tracing::Instrument;
use uuid::Uuid;

use super::app::Instance;
use super::call::{Answer, Call, Failed, Retries, span};
use super::date;
use super::error::{CallError, Refusal, ReportError};
use super::event::{ActivationIds, Reported, cancel_others, canceled_entities};
use super::idempotency::IdempotencyKey;
use super::wire::{self, Beside};
use crate::__private::NoEntityId;
use crate::{CancelsOthers, Trigger};

/// How many items a call may have (Wix's REST reference).
const MOST_IN_A_CALL: usize = 100;

/// How many calls of one `report_all` or `cancel_all` are under way at once.
const CALLS_AT_ONCE: usize = 4;

/// The codes of an item's error that come again however often the item is sent.
///
/// A guess: Wix documents the first two, of single reports, and none for the items of bulk calls.
/// The others are gRPC's names, which Wix's services use. What is missing here costs some attempts;
/// what is here and would have passed is an event that the app has to send again itself.
const PERMANENT: [&str; 9] = [
    "REQUIRED_PROPERTY",
    "SCHEMA_VALIDATION_FAILED",
    "INVALID_ARGUMENT",
    "FAILED_PRECONDITION",
    "OUT_OF_RANGE",
    "NOT_FOUND",
    "PERMISSION_DENIED",
    "UNAUTHENTICATED",
    "UNIMPLEMENTED",
];

/// Reports of many events, sent where they are awaited: see [`Trigger::report_all`].
///
/// Up to 100 events go in one call, which counts as one of the site's calls a minute, and up to 4
/// calls are under way at once. Each call has the app's attempts and its deadline for itself; what
/// failed in it and may pass is tried again without the rest. An event that does not fit its own
/// schema fails alone and is not sent.
///
/// All payloads are written and held in memory when this is awaited: cut a stream without an end
/// into parts. The future borrows nothing and is `Send`, whatever the events are.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::Trigger;
/// use trigger_core::report::{IdempotencyKey, Instance};
/// use uuid::Uuid;
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
/// struct InvoiceDue {
///     invoice_id: Uuid,
/// }
///
/// /// Whether all went well.
/// async fn send(site: &Instance, events: &[InvoiceDue]) -> bool {
///     let reports = InvoiceDue::report_all(site, events).idempotency_keys(|event| {
///         IdempotencyKey::derive::<InvoiceDue>(site.id(), event.invoice_id, 1)
///     });
///     reports.await.failed().next().is_none()
/// }
/// ```
#[must_use = "nothing is sent before this is awaited"]
pub struct ReportAll<T, E> {
    instance: Instance,
    events: Vec<Event<E>>,
    trigger: PhantomData<fn() -> T>,
}

/// An event, owned or borrowed, and what it is reported with.
struct Event<E> {
    given: E,
    key: Option<IdempotencyKey>,
    ttl: Option<Duration>,
    entity: Option<Uuid>,
    /// Whose events end with this one, if not those of its own entity.
    canceled: Option<Vec<Uuid>>,
}

impl<T: Trigger, E: Borrow<T>> ReportAll<T, E> {
    pub(crate) fn new(instance: &Instance, events: impl IntoIterator<Item = E>) -> Self {
        let events = events.into_iter().map(|event| {
            let entity = event.borrow().entity_id_field();
            Event { given: event, key: None, ttl: None, entity, canceled: None }
        });
        Self { instance: instance.clone(), events: events.collect(), trigger: PhantomData }
    }

    /// The key by which Wix knows the report of an event; a random one for each without this. Asked
    /// for each event in turn, in the order given.
    ///
    /// ```
    /// # use serde::Serialize;
    /// # use trigger_core::Trigger;
    /// # use uuid::Uuid;
    /// # #[derive(Serialize, Trigger)]
    /// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
    /// # struct InvoiceDue { invoice_id: Uuid }
    /// use trigger_core::report::Instance;
    ///
    /// /// Reports all, and once more, with the same keys, those that failed.
    /// async fn send(site: &Instance, events: &[InvoiceDue]) {
    ///     let outcomes = InvoiceDue::report_all(site, events).await;
    ///     let failed = outcomes.failed().filter(|(_, failed)| failed.is_retryable());
    ///     let (left, keys): (Vec<_>, Vec<_>) = failed
    ///         .map(|(index, failed)| (&events[index], failed.idempotency_key.clone()))
    ///         .unzip();
    ///     let mut keys = keys.into_iter();
    ///     let again = InvoiceDue::report_all(site, left);
    ///     let _ = again.idempotency_keys(|_| keys.next().expect("a key for each")).await;
    /// }
    /// ```
    pub fn idempotency_keys(mut self, mut key: impl FnMut(&T) -> IdempotencyKey) -> Self {
        for event in &mut self.events {
            event.key = Some(key(event.given.borrow()));
        }
        self
    }

    /// How long Wix keeps the idempotency key of an event, at least a millisecond; a week for
    /// `None`, and without this. The events of a call are tried again together, within the shortest
    /// of their times.
    pub fn ttls(mut self, mut ttl: impl FnMut(&T) -> Option<Duration>) -> Self {
        for event in &mut self.events {
            let ttl = ttl(event.given.borrow());
            event.ttl = ttl.map(|ttl| ttl.max(Duration::from_millis(1)));
        }
        self
    }

    /// The entities whose events end with an event, as [`Report::cancel_entities`](super::Report::cancel_entities) has them for one.
    pub fn cancel_entities(mut self, mut ids: impl FnMut(&T) -> Vec<Uuid>) -> Self
    where
        T: CancelsOthers,
    {
        for event in &mut self.events {
            event.canceled = Some(ids(event.given.borrow()));
        }
        self
    }
}

impl<T: Trigger<EntityIdField = NoEntityId>, E: Borrow<T>> ReportAll<T, E> {
    /// The id that an event can be canceled by, for a trigger that has no `entity_id` of its own.
    pub fn external_entity_ids(mut self, mut id: impl FnMut(&T) -> Uuid) -> Self {
        for event in &mut self.events {
            event.entity = Some(id(event.given.borrow()));
        }
        self
    }
}

impl<T, E> fmt::Debug for ReportAll<T, E> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut all = formatter.debug_struct("ReportAll");
        all.field("instance", &self.instance).field("events", &self.events.len());
        all.finish_non_exhaustive()
    }
}

impl<T: Trigger, E: Borrow<T>> IntoFuture for ReportAll<T, E> {
    type Output = Outcomes<Reported, ReportError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { instance, events, .. } = self;
        let mut keys = HashSet::new();
        let (mut items, mut settled) = (Vec::with_capacity(events.len()), Vec::new());
        let mut prepared = Vec::with_capacity(events.len());
        for (index, event) in events.into_iter().enumerate() {
            let key = event.key.clone().unwrap_or_else(IdempotencyKey::random);
            let encoded = if keys.insert(key.clone()) {
                encode::<T, E>(&instance, &event, &key)
            } else {
                Err(CallError::SharedKey)
            };
            let (canceled, date_has_passed) = match encoded {
                Ok(Encoded { json, canceled, date_has_passed }) => {
                    items.push(Item { index, json, ttl: event.ttl, error: None });
                    (canceled, date_has_passed)
                }
                Err(error) => {
                    settled.push(Settled { index, result: Err(error) });
                    (Vec::new(), false)
                }
            };
            prepared.push(Prepared { key, canceled, date_has_passed });
        }
        let (path, trigger_key) = (wire::BULK_REPORT, T::SPEC.key());
        let bulk = Bulk { instance, path, list: "eventsInfo", trigger_key };
        Box::pin(async move {
            let mut results = bulk.send(items, settled).await;
            cancel_others_of_all::<T>(&bulk.instance, &prepared, &mut results).await;
            let results = results.into_iter().zip(prepared);
            Outcomes(results.map(|(result, prepared)| prepared.reported(result)).collect())
        })
    }
}

/// What is known of an event once its body is written.
struct Prepared {
    key: IdempotencyKey,
    /// Whose events end with this one.
    canceled: Vec<Uuid>,
    date_has_passed: bool,
}

impl Prepared {
    fn reported(self, result: Result<Vec<String>, CallError>) -> Result<Reported, ReportError> {
        let Self { key: idempotency_key, date_has_passed, .. } = self;
        match result {
            Ok(ids) => {
                let activation_ids = ActivationIds(ids);
                Ok(Reported { activation_ids, date_has_passed, idempotency_key })
            }
            Err(error) => Err(ReportError { error, idempotency_key }),
        }
    }
}

/// An event as it is sent, and what is known of it.
struct Encoded {
    json: Vec<u8>,
    canceled: Vec<Uuid>,
    date_has_passed: bool,
}

fn encode<T: Trigger, E: Borrow<T>>(
    instance: &Instance,
    event: &Event<E>,
    key: &IdempotencyKey,
) -> Result<Encoded, CallError> {
    let canceled = canceled_entities::<T>(event.canceled.as_deref(), event.entity)?;
    let beside = Beside { entity: event.entity, key, ttl: event.ttl };
    let (json, payload) = wire::bulk_event(event.given.borrow(), &beside)?;
    let date_has_passed = date::judge::<T>(instance, &json[payload])?;
    Ok(Encoded { json, canceled, date_has_passed })
}

/// Cancels what ends with the events that were reported.
async fn cancel_others_of_all<T: Trigger>(
    instance: &Instance,
    prepared: &[Prepared],
    results: &mut [Result<Vec<String>, CallError>],
) {
    let reported = prepared.iter().zip(&*results).enumerate();
    let (places, entities): (Vec<_>, Vec<_>) = reported
        .filter(|(_, (_, result))| result.is_ok())
        .flat_map(|(place, (prepared, _))| prepared.canceled.iter().map(move |id| (place, *id)))
        .unzip();
    for (index, failure) in cancel_others::<T>(instance, &entities).await {
        match &mut results[places[index]] {
            Err(CallError::Cancels { failures }) => failures.push(failure),
            result => *result = Err(CallError::Cancels { failures: vec![failure] }),
        }
    }
}

/// Cancels of many ids, sent where they are awaited: see [`Trigger::cancel_all`].
///
/// Cut into calls and tried again as a [`ReportAll`] is.
///
/// ```
/// # use serde::Serialize;
/// # use trigger_core::Trigger;
/// # use uuid::Uuid;
/// # #[derive(Serialize, Trigger)]
/// # #[trigger(key = "invoice_due", name = "Invoice due", entity_id = invoice_id)]
/// # struct InvoiceDue { invoice_id: Uuid }
/// use trigger_core::report::Instance;
///
/// async fn take_back(site: &Instance, invoices: &[Uuid]) {
///     for (index, error) in InvoiceDue::cancel_all(site, invoices).await.failed() {
///         eprintln!("{}: {error}", invoices[index]);
///     }
/// }
/// ```
#[derive(Debug)]
#[must_use = "nothing is sent before this is awaited"]
pub struct CancelAll {
    pub(crate) trigger_key: &'static str,
    pub(crate) instance: Instance,
    pub(crate) entities: Vec<Uuid>,
}

impl IntoFuture for CancelAll {
    type Output = Outcomes<(), CallError>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let Self { trigger_key, instance, entities } = self;
        let items = entities.into_iter().enumerate();
        let item = |(index, id)| Item { index, json: wire::bulk_id(id), ttl: None, error: None };
        let items = items.map(item).collect();
        let path = wire::BULK_CANCEL;
        let list = "externalEntityIds";
        let bulk = Bulk { instance, path, list, trigger_key };
        Box::pin(async move {
            let results = bulk.send(items, Vec::new()).await;
            Outcomes(results.into_iter().map(|result| result.map(|_| ())).collect())
        })
    }
}

/// What became of each of many, in the order in which they were given.
///
/// It is read as a slice of `Result`s, or turned into them one by one.
///
/// ```
/// use trigger_core::report::{IdempotencyKey, Outcomes, ReportError, Reported};
///
/// /// The keys to report with once more.
/// fn left(outcomes: Outcomes<Reported, ReportError>) -> Vec<IdempotencyKey> {
///     let failed = outcomes.into_iter().filter_map(Result::err);
///     failed.filter(ReportError::is_retryable).map(|failed| failed.idempotency_key).collect()
/// }
/// ```
// A type of its own, because the compiler does not mind when a `Vec` of failures is dropped.
#[derive(Debug)]
#[must_use = "some of them may have failed"]
pub struct Outcomes<O, E>(Vec<Result<O, E>>);

impl<O, E> Outcomes<O, E> {
    /// Those that failed, each with its place among all that were given, from 0.
    pub fn failed(&self) -> impl Iterator<Item = (usize, &E)> {
        let all = self.0.iter().enumerate();
        all.filter_map(|(index, result)| Some((index, result.as_ref().err()?)))
    }
}

impl<O, E> Deref for Outcomes<O, E> {
    type Target = [Result<O, E>];

    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl<O, E> IntoIterator for Outcomes<O, E> {
    type Item = Result<O, E>;
    type IntoIter = std::vec::IntoIter<Self::Item>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'o, O, E> IntoIterator for &'o Outcomes<O, E> {
    type Item = &'o Result<O, E>;
    type IntoIter = std::slice::Iter<'o, Result<O, E>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.iter()
    }
}

/// What the calls have in common.
struct Bulk {
    instance: Instance,
    path: &'static str,
    /// The name of the list of items.
    list: &'static str,
    trigger_key: &'static str,
}

/// What is still to be sent, or sent again.
struct Item {
    /// Its place among all that were given.
    index: usize,
    /// It, as it is sent.
    json: Vec<u8>,
    /// How long Wix keeps its idempotency key, if not for a week.
    ttl: Option<Duration>,
    /// What the last answer says of it; `None` if there was none.
    error: Option<CallError>,
}

/// What became of one, by its place among all that were given; activation ids if it went well.
struct Settled {
    index: usize,
    result: Result<Vec<String>, CallError>,
}

impl Bulk {
    /// Sends all items, and gives what became of them in order, together with those that are
    /// settled already.
    async fn send(
        &self,
        items: Vec<Item>,
        mut settled: Vec<Settled>,
    ) -> Vec<Result<Vec<String>, CallError>> {
        let workers = items.len().div_ceil(MOST_IN_A_CALL).min(CALLS_AT_ONCE);
        let queue = Mutex::new(items.into_iter());
        let workers = (0..workers).map(|_| Box::pin(self.work(&queue))).collect();
        settled.extend(join_all(workers).await.into_iter().flatten());
        settled.sort_unstable_by_key(|settled| settled.index);
        settled.into_iter().map(|settled| settled.result).collect()
    }

    /// Makes one call after the other until no items are left.
    async fn work(&self, queue: &Mutex<std::vec::IntoIter<Item>>) -> Vec<Settled> {
        let mut settled = Vec::new();
        loop {
            let next: Vec<Item> = {
                let mut queue = queue.lock().unwrap_or_else(PoisonError::into_inner);
                queue.by_ref().take(MOST_IN_A_CALL).collect()
            };
            if next.is_empty() {
                return settled;
            }
            let span = span(&self.instance, self.trigger_key, self.path);
            self.call(next, &mut settled).instrument(span).await;
        }
    }

    /// One call with these items, and further ones with those that failed and may pass.
    async fn call(&self, mut items: Vec<Item>, settled: &mut Vec<Settled>) {
        if let Err(error) = self.attempts(&mut items, settled).await {
            settled.extend(items.into_iter().map(|Item { index, error: own, .. }| Settled {
                index,
                result: Err(own.unwrap_or_else(|| error.clone())),
            }));
        }
    }

    /// Moves to `settled` what is; on an error the rest is given up.
    async fn attempts(
        &self,
        items: &mut Vec<Item>,
        settled: &mut Vec<Settled>,
    ) -> Result<(), CallError> {
        // The items are tried again together, while Wix has all of their idempotency keys.
        let ttl = items.iter().filter_map(|item| item.ttl).min();
        let mut retries = Retries::start(&self.instance, ttl)?;
        loop {
            let bodies = items.iter().map(|item| item.json.as_slice());
            let body = wire::bulk(self.trigger_key, self.list, bodies);
            let call = Call { path: self.path, trigger_key: self.trigger_key, body: &body, ttl };
            let answer = call.attempt(&self.instance, &retries).await;
            if answer.as_ref().err().is_none_or(Failed::may_have_arrived) {
                // What an earlier answer said of an item is no longer the last word.
                for item in items.iter_mut() {
                    item.error = None;
                }
            }
            let request_id = answer.as_ref().ok().and_then(|answer| answer.request_id.clone());
            match answer.and_then(|answer| settle(answer, items, settled)) {
                Ok(()) => {
                    retries.went_well(request_id.as_deref());
                    return Ok(());
                }
                Err(failed) => retries.wait(failed).await?,
            }
        }
    }
}

/// Reads what became of each item. Those that may be tried again stay, each with its error; that of
/// the first is what the attempt failed with.
fn settle(answer: Answer, items: &mut Vec<Item>, settled: &mut Vec<Settled>) -> Result<(), Failed> {
    let request_id = answer.request_id.clone();
    let answer: wire::Bulk = answer.json()?;
    let told = by_item(answer.results, items.len());
    let mut left = Vec::new();
    for (mut item, told) in std::mem::take(items).into_iter().zip(told) {
        match result(told, request_id.as_ref()) {
            Err(error) if error.may_pass() => {
                item.error = Some(error);
                left.push(item);
            }
            result => settled.push(Settled { index: item.index, result }),
        }
    }
    *items = left;
    match items.iter().find_map(|item| item.error.clone()) {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// The results by the items that they are about: the first one of each. Those about no item that
/// was sent are dropped.
fn by_item(results: Vec<wire::BulkResult>, items: usize) -> Vec<Option<wire::BulkResult>> {
    let mut told: Vec<_> = (0..items).map(|_| None).collect();
    for (position, result) in results.into_iter().enumerate() {
        let index = result.item_metadata.index(position);
        if let Some(place @ None) = index.and_then(|index| told.get_mut(index)) {
            *place = Some(result);
        }
    }
    told
}

/// What the answer says of one item, if it mentions it.
fn result(
    told: Option<wire::BulkResult>,
    request_id: Option<&String>,
) -> Result<Vec<String>, CallError> {
    let request_id = request_id.cloned();
    let Some(told) = told else {
        return Err(CallError::Unacknowledged { request_id });
    };
    if told.item_metadata.success {
        return Ok(told.activation_ids);
    }
    let error = told.item_metadata.error.unwrap_or_default();
    let wire::ApplicationError { code, description, data } = error;
    let is_permanent = PERMANENT.contains(&code.as_str());
    let refusal = Box::new(Refusal { status: 200, code, description, data, request_id });
    Err(if is_permanent { CallError::Refused(refusal) } else { CallError::Failed(refusal) })
}

/// Drives all of these in the task that awaits this: none of them outlives it.
// Four futures do not need a crate for it.
async fn join_all<F: Future + Unpin>(mut running: Vec<F>) -> Vec<F::Output> {
    let mut done = Vec::with_capacity(running.len());
    poll_fn(|context| {
        running.retain_mut(|future| match Pin::new(future).poll(context) {
            Poll::Ready(output) => {
                done.push(output);
                false
            }
            Poll::Pending => true,
        });
        if running.is_empty() { Poll::Ready(()) } else { Poll::Pending }
    })
    .await;
    done
}

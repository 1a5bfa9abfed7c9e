//! The law: every event whose report returned `Ok` was accepted, none took effect twice, and no
//! idempotency key served two events, whatever becomes of the requests, one by one or many at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use fastrand::Rng;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep, timeout};
use trigger_core::Trigger;
use trigger_core::report::{
    App, IdempotencyKey, Instance, Outcomes, ReportError, Reported, Request, Response, Sending,
    Transport, TransportError,
};
use uuid::Uuid;

use crate::{InvoiceDue, SECRET};

/// What becomes of a request.
#[derive(Clone, Copy, Debug)]
enum Fate {
    /// It is accepted, and the answer comes.
    Well,
    /// It is accepted, and the answer is another one, or lost, or none.
    AcceptedThen(Trouble),
    /// It is not accepted.
    Not(Trouble),
}

#[derive(Clone, Copy, Debug)]
enum Trouble {
    Status(u16),
    Cut,
    Hang,
    Garbage,
}

/// What becomes of an event in a call of many that goes well.
#[derive(Clone, Copy, Debug)]
enum ItemFate {
    /// It is accepted, and that is told.
    Well,
    /// It is accepted, but told to have failed, in a way that may pass.
    AcceptedToldFailed,
    /// It is not accepted, which is told with this code.
    Refused(&'static str),
    /// Nothing is told of it.
    Unmentioned { is_accepted: bool },
    /// It is told to be accepted, which it is, and to have failed.
    ToldTwice,
    /// The success of an event that was not sent is told instead.
    Elsewhere { is_accepted: bool, index: i64 },
}

impl ItemFate {
    fn is_accepted(self) -> bool {
        match self {
            Self::Well | Self::AcceptedToldFailed | Self::ToldTwice => true,
            Self::Refused(_) => false,
            Self::Unmentioned { is_accepted } | Self::Elsewhere { is_accepted, .. } => is_accepted,
        }
    }

    /// What the answer says of the event at this index.
    fn told(self, index: usize, results: &mut Vec<Value>) {
        let index = i64::try_from(index).expect("a small number");
        match self {
            Self::Well => results.push(success(index)),
            Self::AcceptedToldFailed => results.push(failure(index, "INTERNAL")),
            Self::Refused(code) => results.push(failure(index, code)),
            Self::Unmentioned { .. } => {}
            Self::ToldTwice => results.extend([success(index), failure(index, "INTERNAL")]),
            Self::Elsewhere { index, .. } => results.push(success(index)),
        }
    }
}

fn success(index: i64) -> Value {
    json!({ "itemMetadata": { "originalIndex": index, "success": true } })
}

fn failure(index: i64, code: &str) -> Value {
    let error = json!({ "code": code });
    json!({ "itemMetadata": { "originalIndex": index, "success": false, "error": error } })
}

/// A Wix that keeps the law's books.
#[derive(Clone)]
struct Books {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    calls: Vec<(Fate, u64)>,
    tokens: Vec<(Fate, u64)>,
    came: [usize; 2],
    /// The fates of the events of calls of many, which come round and round.
    items: Vec<ItemFate>,
    items_came: usize,
    /// Decides the order of an answer's results.
    random: Rng,
    /// The payload that each key was first accepted with.
    accepted: HashMap<String, Value>,
    /// When Wix forgets each key, if it came with a time to live.
    forgets: HashMap<String, Instant>,
    /// Payloads that came again with a key that was forgotten.
    repeated: Vec<Value>,
    /// Keys that came with another payload than before.
    shared: Vec<String>,
}

impl Books {
    fn new(calls: Vec<(Fate, u64)>, tokens: Vec<(Fate, u64)>) -> Self {
        let inner = Inner {
            calls,
            tokens,
            came: [0; 2],
            items: vec![ItemFate::Well],
            items_came: 0,
            random: Rng::with_seed(0),
            accepted: HashMap::new(),
            forgets: HashMap::new(),
            repeated: Vec::new(),
            shared: Vec::new(),
        };
        Self { inner: Arc::new(Mutex::new(inner)) }
    }

    /// The same with other fates of the events of calls of many.
    fn items(self, items: Vec<ItemFate>, seed: u64) -> Self {
        let mut inner = self.inner.lock().expect("nobody panicked");
        (inner.items, inner.random) = (items, Rng::with_seed(seed));
        drop(inner);
        self
    }

    /// The fate of this request, and how long it takes.
    fn next(&self, is_token: bool) -> (Fate, Duration) {
        let mut inner = self.inner.lock().expect("nobody panicked");
        let number = inner.came[usize::from(is_token)];
        inner.came[usize::from(is_token)] += 1;
        let fates = if is_token { &inner.tokens } else { &inner.calls };
        let (fate, milliseconds) = fates.get(number).copied().unwrap_or((Fate::Well, 0));
        (fate, Duration::from_millis(milliseconds))
    }

    /// Accepts what a call brings, be it one event or many.
    fn accept_all(&self, body: &Value) {
        let mut inner = self.inner.lock().expect("nobody panicked");
        match body["eventsInfo"].as_array() {
            Some(events) => events.iter().for_each(|event| inner.accept(event)),
            None => inner.accept(body),
        }
    }

    /// Accepts the events of a call of many as their fates are, and tells what becomes of them.
    fn accept_some(&self, events: &[Value]) -> Response {
        let mut inner = self.inner.lock().expect("nobody panicked");
        assert!((1..=100).contains(&events.len()), "{} events", events.len());
        let mut results = Vec::new();
        for (index, event) in events.iter().enumerate() {
            let fate = inner.items[inner.items_came % inner.items.len()];
            inner.items_came += 1;
            if fate.is_accepted() {
                inner.accept(event);
            }
            fate.told(index, &mut results);
        }
        inner.random.shuffle(&mut results);
        // JSON that is made of protobuf may leave a zero out.
        if inner.random.bool() {
            for result in &mut results {
                let metadata = result["itemMetadata"].as_object_mut().expect("an object");
                metadata.retain(|name, value| name != "originalIndex" || *value != 0);
            }
        }
        answer(200, &json!({ "results": results }).to_string())
    }
}

impl Inner {
    fn accept(&mut self, event: &Value) {
        let key = event["idempotency"]["key"].as_str().expect("a key").to_owned();
        let payload = &event["payload"];
        let now = Instant::now();
        if self.forgets.get(&key).is_some_and(|then| *then <= now) {
            self.repeated.push(payload.clone());
        }
        let ttl = event["idempotency"]["ttlInMilliseconds"].as_str();
        if let (Some(ttl), false) = (ttl, self.accepted.contains_key(&key)) {
            let ttl = Duration::from_millis(ttl.parse().expect("milliseconds"));
            self.forgets.insert(key.clone(), now + ttl);
        }
        // What comes again is ignored.
        let first = self.accepted.entry(key.clone()).or_insert_with(|| payload.clone());
        if first != payload {
            self.shared.push(key);
        }
    }
}

impl Transport for Books {
    fn send(&self, request: Request) -> Sending<'_> {
        let is_token = request.uri().path() == "/oauth2/token";
        let (fate, delay) = self.next(is_token);
        Box::pin(async move {
            sleep(delay).await;
            let body: Value = serde_json::from_slice(request.body()).expect("JSON");
            match (fate, body["eventsInfo"].as_array()) {
                // Each event has a fate of its own.
                (Fate::Well, Some(events)) => return Ok(self.accept_some(events)),
                (Fate::Well | Fate::AcceptedThen(_), _) if !is_token => self.accept_all(&body),
                _ => {}
            }
            match fate {
                Fate::Well if is_token => {
                    Ok(answer(200, r#"{"access_token":"t","expires_in":14400}"#))
                }
                Fate::Well => Ok(answer(200, "{}")),
                Fate::AcceptedThen(trouble) | Fate::Not(trouble) => match trouble {
                    Trouble::Status(status) => Ok(answer(status, "{}")),
                    Trouble::Cut => Err(TransportError::connection("cut")),
                    Trouble::Hang => std::future::pending().await,
                    Trouble::Garbage => Ok(answer(200, "<html>")),
                },
            }
        })
    }
}

fn answer(status: u16, body: &str) -> Response {
    let mut response = Response::new(body.as_bytes().to_vec());
    *response.status_mut() = status.try_into().expect("a status");
    response
}

fn trouble() -> impl Strategy<Value = Trouble> {
    let statuses = prop::sample::select(vec![400, 401, 403, 404, 428, 429, 500, 501, 503, 504]);
    prop_oneof![
        3 => statuses.prop_map(Trouble::Status),
        2 => Just(Trouble::Cut),
        1 => Just(Trouble::Hang),
        1 => Just(Trouble::Garbage),
    ]
}

fn fates(longest: usize) -> impl Strategy<Value = Vec<(Fate, u64)>> {
    let fate = prop_oneof![
        3 => Just(Fate::Well),
        2 => trouble().prop_map(Fate::AcceptedThen),
        2 => trouble().prop_map(Fate::Not),
    ];
    // Up to three times as long as an attempt may take.
    prop::collection::vec((fate, prop_oneof![4 => 0..200_u64, 1 => 0..3000_u64]), 0..longest)
}

fn item_fates() -> impl Strategy<Value = Vec<ItemFate>> {
    let codes = vec!["INTERNAL", "RESOURCE_EXHAUSTED", "", "REQUIRED_PROPERTY"];
    let indexes = prop::sample::select(vec![-1, 100, 250, i64::MIN, i64::MAX]);
    let fate = prop_oneof![
        8 => Just(ItemFate::Well),
        2 => Just(ItemFate::AcceptedToldFailed),
        2 => prop::sample::select(codes).prop_map(ItemFate::Refused),
        2 => any::<bool>().prop_map(|is_accepted| ItemFate::Unmentioned { is_accepted }),
        1 => Just(ItemFate::ToldTwice),
        1 => (any::<bool>(), indexes)
            .prop_map(|(is_accepted, index)| ItemFate::Elsewhere { is_accepted, index }),
    ];
    prop::collection::vec(fate, 1..60)
}

/// Events, each with a time after which its report is dropped, if it is.
fn events() -> impl Strategy<Value = Vec<Option<u64>>> {
    prop::collection::vec(prop::option::weighted(0.2, 0..4000_u64), 1..12)
}

fn event(cents: u32) -> InvoiceDue {
    InvoiceDue { invoice_id: Uuid::from_u128(cents.into()), cents }
}

/// A site whose calls do not take long to be given up.
fn site(books: &Books) -> Instance {
    let app = App::builder("an-app", SECRET).transport(books.clone());
    let app = app.timeout(Duration::from_secs(1)).deadline(Duration::from_secs(5));
    app.build().expect("an app").instance(Uuid::from_u128(1))
}

/// Reports all events at once, and again with the same keys what failed or was dropped.
async fn run(books: &Books, events: &[Option<u64>]) -> Vec<(u32, bool)> {
    let site = site(books);
    let tasks: Vec<_> = (0_u32..)
        .zip(events.iter().copied())
        .map(|(cents, dropped_after)| {
            let site = site.clone();
            tokio::spawn(async move {
                let event = event(cents);
                let key = IdempotencyKey::random();
                let first = event.report(&site).idempotency_key(key.clone());
                let limit = Duration::from_millis(dropped_after.unwrap_or(60_000));
                if let Ok(Ok(_)) = timeout(limit, first.into_future()).await {
                    return (cents, true);
                }
                (cents, event.report(&site).idempotency_key(key).await.is_ok())
            })
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.expect("no panic"));
    }
    outcomes
}

/// Reports all events in one `report_all`, and in another one, with the same keys, what failed in
/// the first, or all if that was dropped.
async fn run_all(books: &Books, many: u32, dropped_after: Option<u64>) -> Vec<(u32, bool)> {
    let site = site(books);
    let events: Vec<_> = (0..many).map(event).collect();
    let (mut again, mut outcomes) = (Vec::new(), Vec::new());
    match dropped_after {
        Some(milliseconds) => {
            // Who drops a report can repeat it only with keys of its own.
            let keys: Vec<_> = events.iter().map(|_| IdempotencyKey::random()).collect();
            let key = |event: &InvoiceDue| keys[event.cents as usize].clone();
            let first = InvoiceDue::report_all(&site, &events).idempotency_keys(key);
            let limit = Duration::from_millis(milliseconds);
            match timeout(limit, first.into_future()).await {
                Ok(first) => sort(first, &mut again, &mut outcomes),
                Err(_) => again.extend((0..).zip(keys)),
            }
        }
        None => sort(InvoiceDue::report_all(&site, &events).await, &mut again, &mut outcomes),
    }
    let keys: HashMap<_, _> = again.iter().cloned().collect();
    let repeated = again.iter().map(|(cents, _)| event(*cents));
    let second = InvoiceDue::report_all(&site, repeated.collect::<Vec<_>>())
        .idempotency_keys(|event| keys[&event.cents].clone())
        .await;
    assert_eq!(second.len(), again.len());
    outcomes.extend(again.iter().zip(&second).map(|((cents, _), it)| (*cents, it.is_ok())));
    outcomes
}

/// Sorts what is to be reported again from what is done.
fn sort(
    first: Outcomes<Reported, ReportError>,
    again: &mut Vec<(u32, IdempotencyKey)>,
    done: &mut Vec<(u32, bool)>,
) {
    for (cents, outcome) in (0..).zip(first) {
        match outcome {
            Ok(_) => done.push((cents, true)),
            Err(failed) => again.push((cents, failed.idempotency_key)),
        }
    }
}

fn judge(books: &Books, outcomes: &[(u32, bool)]) -> Result<(), TestCaseError> {
    let inner = books.inner.lock().expect("nobody panicked");
    prop_assert!(inner.shared.is_empty(), "keys of two events: {:?}", inner.shared);
    prop_assert!(inner.repeated.is_empty(), "again after their keys: {:?}", inner.repeated);
    let mut effects = HashMap::<_, usize>::new();
    for payload in inner.accepted.values() {
        *effects.entry(payload["cents"].as_u64()).or_default() += 1;
    }
    for (cents, is_ok) in outcomes {
        let effects = effects.get(&Some(u64::from(*cents))).copied().unwrap_or_default();
        prop_assert!(effects <= 1, "event {cents} took effect {effects} times");
        prop_assert!(!is_ok || effects == 1, "event {cents} returned `Ok` and was not accepted");
    }
    Ok(())
}

/// In virtual time.
fn block_on<F: Future>(future: F) -> F::Output {
    let mut runtime = tokio::runtime::Builder::new_current_thread();
    runtime.enable_time().start_paused(true).build().expect("a runtime").block_on(future)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn every_ok_was_accepted_and_nothing_took_effect_twice(
        calls in fates(60), tokens in fates(6), events in events(),
    ) {
        let books = Books::new(calls, tokens);
        let outcomes = block_on(run(&books, &events));
        prop_assert_eq!(outcomes.len(), events.len());
        judge(&books, &outcomes)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn of_many_at_once_too(
        calls in fates(20),
        tokens in fates(6),
        items in item_fates(),
        seed: u64,
        many in 1..=250_u32,
        dropped_after in prop::option::weighted(0.3, 0..4000_u64),
    ) {
        let books = Books::new(calls, tokens).items(items, seed);
        let outcomes = block_on(run_all(&books, many, dropped_after));
        prop_assert_eq!(outcomes.len(), many as usize);
        judge(&books, &outcomes)?;
    }
}

/// Reports all events at once with keys that Wix forgets after this time, one by one or in one
/// `report_all`. What failed is not reported again: that is for who knows how late it is.
async fn run_with_ttl(
    books: &Books,
    many: u32,
    ttl: Duration,
    one_by_one: bool,
) -> Vec<(u32, bool)> {
    let site = site(books);
    if !one_by_one {
        let events: Vec<_> = (0..many).map(event).collect();
        let outcomes = InvoiceDue::report_all(&site, events).ttls(|_| Some(ttl)).await;
        return (0..).zip(outcomes.iter().map(Result::is_ok)).collect();
    }
    let tasks: Vec<_> = (0..many)
        .map(|cents| {
            let site = site.clone();
            tokio::spawn(async move { (cents, event(cents).report(&site).ttl(ttl).await.is_ok()) })
        })
        .collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.expect("no panic"));
    }
    outcomes
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(1000) })]

    #[test]
    fn nor_when_wix_forgets_a_key_soon(
        calls in fates(60),
        tokens in fates(6),
        items in item_fates(),
        seed: u64,
        many in 1..12_u32,
        milliseconds in 1..6000_u64,
        one_by_one: bool,
    ) {
        let books = Books::new(calls, tokens).items(items, seed);
        let ttl = Duration::from_millis(milliseconds);
        let outcomes = block_on(run_with_ttl(&books, many, ttl, one_by_one));
        prop_assert_eq!(outcomes.len(), many as usize);
        judge(&books, &outcomes)?;
    }
}

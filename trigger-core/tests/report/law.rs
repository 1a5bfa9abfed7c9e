//! The law: every event whose report returned `Ok` was accepted, none took effect twice, and no
//! idempotency key served two events, whatever becomes of the requests.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::Value;
use tokio::time::{sleep, timeout};
use trigger_core::Trigger;
use trigger_core::report::{
    App, IdempotencyKey, Request, Response, Sending, Transport, TransportError,
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

/// A Wix that keeps the law's books.
#[derive(Clone)]
struct Books {
    inner: Arc<Mutex<Inner>>,
}

struct Inner {
    calls: Vec<(Fate, u64)>,
    tokens: Vec<(Fate, u64)>,
    came: [usize; 2],
    /// The payload that each key was first accepted with.
    accepted: HashMap<String, Value>,
    /// Keys that came with another payload than before.
    shared: Vec<String>,
}

impl Books {
    fn new(calls: Vec<(Fate, u64)>, tokens: Vec<(Fate, u64)>) -> Self {
        let (accepted, shared) = (HashMap::new(), Vec::new());
        Self {
            inner: Arc::new(Mutex::new(Inner { calls, tokens, came: [0; 2], accepted, shared })),
        }
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

    fn accept(&self, body: &Value) {
        let mut inner = self.inner.lock().expect("nobody panicked");
        let key = body["idempotency"]["key"].as_str().expect("a key").to_owned();
        let payload = body["payload"].clone();
        // What comes again is ignored.
        let first = inner.accepted.entry(key.clone()).or_insert_with(|| payload.clone());
        if *first != payload {
            inner.shared.push(key);
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
            if !is_token && !matches!(fate, Fate::Not(_)) {
                self.accept(&body);
            }
            match fate {
                Fate::Well if is_token => {
                    Ok(answer(200, r#"{"access_token":"t","expires_in":14400}"#))
                }
                Fate::Well => Ok(answer(200, "{}")),
                Fate::AcceptedThen(trouble) | Fate::Not(trouble) => match trouble {
                    Trouble::Status(status) => Ok(answer(status, "{}")),
                    Trouble::Cut => Err(TransportError::Connection("cut".into())),
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

/// Events, each with a time after which its report is dropped, if it is.
fn events() -> impl Strategy<Value = Vec<Option<u64>>> {
    prop::collection::vec(prop::option::weighted(0.2, 0..4000_u64), 1..12)
}

/// Reports all events at once, and again with the same keys what failed or was dropped.
async fn run(books: &Books, events: &[Option<u64>]) -> Vec<(u32, bool)> {
    let app = App::builder("an-app", SECRET).transport(books.clone());
    let app = app.timeout(Duration::from_secs(1)).deadline(Duration::from_secs(5));
    let site = app.build().expect("an app").instance(Uuid::from_u128(1));
    let tasks: Vec<_> = (0_u32..)
        .zip(events.iter().copied())
        .map(|(cents, dropped_after)| {
            let site = site.clone();
            tokio::spawn(async move {
                let event = InvoiceDue { invoice_id: Uuid::from_u128(cents.into()), cents };
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

fn judge(books: &Books, outcomes: &[(u32, bool)]) -> Result<(), TestCaseError> {
    let inner = books.inner.lock().expect("nobody panicked");
    prop_assert!(inner.shared.is_empty(), "keys of two events: {:?}", inner.shared);
    for (cents, is_ok) in outcomes {
        let effects = inner.accepted.values().filter(|payload| payload["cents"] == *cents).count();
        prop_assert!(effects <= 1, "event {cents} took effect {effects} times");
        prop_assert!(!is_ok || effects == 1, "event {cents} returned `Ok` and was not accepted");
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(3000) })]

    #[test]
    fn every_ok_was_accepted_and_nothing_took_effect_twice(
        calls in fates(60), tokens in fates(6), events in events(),
    ) {
        let books = Books::new(calls, tokens);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime");
        let outcomes = runtime.block_on(run(&books, &events));
        judge(&books, &outcomes)?;
    }
}

//! A Wix in memory, which answers as it is told.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use http::HeaderMap;
use serde_json::{Value, json};
use tokio::time::{Instant, sleep};
use trigger_core::report::{Request, Response, Sending, Transport, TransportError};

/// What becomes of a request.
#[derive(Clone, Debug)]
pub(crate) enum Fate {
    Answer {
        status: u16,
        headers: Vec<(&'static str, &'static str)>,
        body: String,
    },
    Cut,
    Hang,
    /// What becomes of it when nothing else is told.
    Well,
    /// That, after this time.
    Late(Duration, Box<Fate>),
}

impl Fate {
    pub(crate) fn status(status: u16) -> Self {
        Self::Answer { status, headers: Vec::new(), body: r#"{"message":"","details":{}}"#.into() }
    }

    pub(crate) fn body(status: u16, body: &Value) -> Self {
        let headers = vec![("x-wix-request-id", "request-1")];
        Self::Answer { status, headers, body: body.to_string() }
    }

    pub(crate) fn retry_after(status: u16, value: &'static str) -> Self {
        Self::Answer { status, headers: vec![("retry-after", value)], body: String::new() }
    }
}

/// A request that came.
#[derive(Clone, Debug)]
pub(crate) struct Came {
    pub(crate) at: Instant,
    pub(crate) method: String,
    pub(crate) path: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Value,
}

#[derive(Clone, Default)]
pub(crate) struct Wix {
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    came: Vec<Came>,
    calls: VecDeque<Fate>,
    tokens: VecDeque<Fate>,
    /// How long each answer takes.
    delay: Duration,
    given: usize,
    /// How many calls are under way, and were at most, but for those for a token.
    at_once: usize,
    most_at_once: usize,
}

/// A call on its way.
struct Underway(Wix);

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.lock().at_once -= 1;
    }
}

/// The answer to a call where all goes well. Each of many events activates one automation, whose
/// activation is named after the event's idempotency key.
fn well(path: &str, body: &Value) -> Value {
    let list = match path {
        "/automations/v1/events/bulk-report" => "eventsInfo",
        "/automations/v1/events/bulk-cancel" => "externalEntityIds",
        _ => return json!({ "activationIds": ["a"] }),
    };
    let items = body[list].as_array().expect("a list");
    assert!((1..=100).contains(&items.len()), "{} items", items.len());
    let result = |(index, item): (usize, &Value)| {
        let metadata = json!({ "originalIndex": index, "success": true });
        match item["idempotency"]["key"].as_str() {
            Some(key) => {
                json!({ "itemMetadata": metadata, "activationIds": [format!("of {key}")] })
            }
            None => json!({ "itemMetadata": metadata, "externalEntityId": item }),
        }
    };
    let results: Vec<_> = items.iter().enumerate().map(result).collect();
    let totals = json!({ "totalSuccesses": items.len() });
    json!({ "triggerKey": body["triggerKey"], "results": results, "bulkActionMetadata": totals })
}

impl Wix {
    /// What becomes of the next calls; those after them go well.
    pub(crate) fn calls(self, fates: impl IntoIterator<Item = Fate>) -> Self {
        self.lock().calls.extend(fates);
        self
    }

    /// The same of the calls for a token.
    pub(crate) fn tokens(self, fates: impl IntoIterator<Item = Fate>) -> Self {
        self.lock().tokens.extend(fates);
        self
    }

    pub(crate) fn slow(self, delay: Duration) -> Self {
        self.lock().delay = delay;
        self
    }

    /// What came, but for calls for a token.
    pub(crate) fn came(&self) -> Vec<Came> {
        let lock = self.lock();
        lock.came.iter().filter(|came| came.path != "/oauth2/token").cloned().collect()
    }

    pub(crate) fn token_calls(&self) -> Vec<Came> {
        let lock = self.lock();
        lock.came.iter().filter(|came| came.path == "/oauth2/token").cloned().collect()
    }

    /// How many calls were under way at once, at most, but for those for a token.
    pub(crate) fn most_at_once(&self) -> usize {
        self.lock().most_at_once
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().expect("nobody panicked")
    }
}

impl Wix {
    /// Writes down what came, and says what becomes of it and how long that takes.
    fn take(&self, request: &Request) -> (Fate, Duration) {
        let path = request.uri().path().to_owned();
        let is_token = path == "/oauth2/token";
        let body: Value = serde_json::from_slice(request.body()).expect("JSON");
        let mut lock = self.lock();
        let fates = if is_token { &mut lock.tokens } else { &mut lock.calls };
        let mut fate = fates.pop_front().unwrap_or(Fate::Well);
        let mut delay = lock.delay;
        if let Fate::Late(more, later) = fate {
            (fate, delay) = (*later, delay + more);
        }
        if matches!(fate, Fate::Well) {
            let answer = if is_token {
                lock.given += 1;
                json!({ "access_token": format!("token-{}", lock.given), "expires_in": 14400 })
            } else {
                well(&path, &body)
            };
            fate = Fate::body(200, &answer);
        }
        let (at, headers) = (Instant::now(), request.headers().clone());
        let method = request.method().to_string();
        lock.came.push(Came { at, method, path, headers, body });
        (fate, delay)
    }

    fn underway(&self) -> Underway {
        let mut lock = self.lock();
        lock.at_once += 1;
        lock.most_at_once = lock.most_at_once.max(lock.at_once);
        Underway(self.clone())
    }
}

impl Transport for Wix {
    fn send(&self, request: Request) -> Sending<'_> {
        let (fate, delay) = self.take(&request);
        let underway = (request.uri().path() != "/oauth2/token").then(|| self.underway());
        Box::pin(async move {
            let _underway = underway;
            sleep(delay).await;
            match fate {
                Fate::Answer { status, headers, body } => {
                    let mut response = Response::new(body.into_bytes());
                    *response.status_mut() = status.try_into().expect("a status");
                    for (name, value) in headers {
                        response.headers_mut().insert(name, value.parse().expect("a header"));
                    }
                    Ok(response)
                }
                Fate::Cut => Err(TransportError::connection("cut")),
                _ => std::future::pending().await,
            }
        })
    }
}

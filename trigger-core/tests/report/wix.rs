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
    Answer { status: u16, headers: Vec<(&'static str, &'static str)>, body: String },
    Cut,
    Hang,
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

    fn lock(&self) -> std::sync::MutexGuard<'_, Inner> {
        self.inner.lock().expect("nobody panicked")
    }
}

impl Transport for Wix {
    fn send(&self, request: Request) -> Sending<'_> {
        let path = request.uri().path().to_owned();
        let is_token = path == "/oauth2/token";
        let (fate, delay) = {
            let mut lock = self.lock();
            lock.came.push(Came {
                at: Instant::now(),
                method: request.method().to_string(),
                path,
                headers: request.headers().clone(),
                body: serde_json::from_slice(request.body()).expect("JSON"),
            });
            let fates = if is_token { &mut lock.tokens } else { &mut lock.calls };
            let fate = fates.pop_front().unwrap_or_else(|| {
                if is_token {
                    lock.given += 1;
                    let token = format!("token-{}", lock.given);
                    Fate::body(200, &json!({ "access_token": token, "expires_in": 14400 }))
                } else {
                    Fate::body(200, &json!({ "activationIds": ["a"] }))
                }
            });
            (fate, lock.delay)
        };
        Box::pin(async move {
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
                Fate::Cut => Err(TransportError::Connection("cut".into())),
                Fate::Hang => std::future::pending().await,
            }
        })
    }
}

//! An emulator that is attacked, and what holds of it all the while.

use std::io;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::body::{Body, to_bytes};
use axum::http::{Method, Request};
use fastrand::Rng;
use serde_json::{Value, json};
use tower::ServiceExt;

use super::evil::{self, pick};
use crate::http::Cut;
use crate::{Assumption, Emulator, TriggerDefinition};

/// How long any answer may take.
pub(super) const LIMIT: Duration = Duration::from_secs(2);

pub(super) const SITE: &str = "00000000-0000-4000-8000-00000000b001";
pub(super) const KEYS: [&str; 4] = ["any", "due", "strict", "tree"];

pub(super) const VIEWS: [&str; 8] =
    ["triggers", "automations", "events", "activations", "webhooks", "clock", "faults", "state"];

#[derive(Clone, Default)]
pub(super) struct Record(Arc<Mutex<Vec<u8>>>);

impl io::Write for Record {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("no panic").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

pub(super) struct World {
    pub(super) wix: Emulator,
    record: Record,
    token: String,
    is_limited: bool,
}

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) body: Value,
}

pub(super) fn triggers() -> Vec<TriggerDefinition> {
    let strict = json!({
        "type": "object",
        "properties": {
            "id": { "type": "string", "format": "uuid" },
            "count": { "type": "integer", "minimum": 0 },
            "tags": { "type": "array", "items": { "enum": ["a", "b"] }, "uniqueItems": true },
        },
        "required": ["id"],
        "additionalProperties": false,
    });
    let tree = json!({
        "type": "object",
        "properties": { "children": { "type": "array", "items": { "$ref": "#" } } },
    });
    let due = json!({ "properties": { "dueAt": { "futureDate": true, "format": "date-time" } } });
    let schemas = [json!({}), due, strict, tree];
    let all = KEYS.into_iter().zip(schemas);
    all.map(|(key, schema)| TriggerDefinition::new(key, key, &schema).expect("a schema")).collect()
}

impl World {
    pub(super) async fn new(rng: &mut Rng) -> Self {
        let record = Record::default();
        let mut builder = Emulator::builder().triggers(triggers()).observer(|_| ());
        let mut at = [pick(rng, &evil::TIMES), "2026-03-02T09:00:00Z"].into_iter();
        builder = builder.at(at.find_map(|at| at.parse().ok()).expect("a time"));
        builder = builder
            .time_zone(pick(rng, &["UTC", "Europe/Berlin", "Pacific/Apia"]))
            .expect("a zone");
        for assumption in Assumption::ALL {
            builder = builder.assume(assumption, rng.bool());
        }
        builder = builder.assume(Assumption::BearerIsRefused, true);
        if rng.bool() {
            builder = builder.record(record.clone());
        }
        if rng.bool() {
            builder = builder.remember(pick(rng, &[0, 1, 6, usize::MAX]));
        }
        if rng.u8(..4) == 0 {
            builder = builder.running();
        }
        let is_limited = rng.u8(..6) == 0;
        let calls = if is_limited { rng.u32(..5) } else { 0 };
        let wix = builder.calls_per_minute(calls).start().await.expect("an emulator");
        if rng.bool() {
            wix.send_webhooks_to("http://127.0.0.1:1/webhook");
        }
        let mut world = Self { wix, record, token: String::new(), is_limited };
        world.renew().await;
        world
    }

    /// What was recorded until now.
    pub(super) fn recorded(&self) -> String {
        String::from_utf8(self.record.0.lock().expect("no panic").clone()).expect("JSON")
    }

    async fn renew(&mut self) {
        let body = json!({
            "grant_type": "client_credentials", "client_id": "an-app", "client_secret": "no",
            "instance_id": SITE,
        });
        let answer = self.ask(Method::POST, "/oauth2/token", "", body.to_string().into()).await;
        let token = answer.expect("an answer").body["access_token"].as_str().map(str::to_owned);
        self.token = token.expect("a token");
    }

    /// A call of Wix, with a token that was given.
    pub(super) async fn call(&self, path: &str, body: Vec<u8>) -> Option<Answer> {
        let path = format!("/automations/v1/events/{path}");
        self.ask(Method::POST, &path, &self.token, body).await
    }

    pub(super) async fn get(&self, view: &str) -> Answer {
        let answer = self.ask(Method::GET, &format!("/_emulator/{view}"), "", Vec::new()).await;
        let answer = answer.expect("it is not cut");
        assert_eq!(answer.status, 200, "{view}: {}", answer.body);
        answer
    }

    /// Whatever is asked is answered at once, with JSON and no 500; `None` if a fault cut it.
    pub(super) async fn ask(
        &self,
        method: Method,
        path: &str,
        token: &str,
        body: Vec<u8>,
    ) -> Option<Answer> {
        let shown = format!("{method} {path} {:.300}", String::from_utf8_lossy(&body));
        let faults = self.faults().await;
        let has = |what: &str| faults.iter().any(|fault| !fault[what].is_null());
        // No fault is one of the emulator's own calls.
        let is_late = has("delay") && path.starts_with("/automations/");
        let start = Instant::now();
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header("authorization", token);
        }
        // What no client could send is tried on the wire.
        let request = request.body(Body::from(body)).ok()?;
        let asking = self.wix.router.clone().oneshot(request);
        let patience = if is_late { Duration::from_millis(5) } else { LIMIT };
        let Ok(response) = tokio::time::timeout(patience, asking).await else {
            assert!(is_late, "no answer to {shown}");
            return None;
        };
        let Ok(response) = response;
        if response.extensions().get::<Cut>().is_some() {
            assert!(has("cut"), "{shown} is cut");
            return None;
        }
        let status = response.status().as_u16();
        assert!(status < 500 || has("status"), "{status} to {shown}");
        let body = to_bytes(response.into_body(), usize::MAX).await.expect("a body");
        let body = serde_json::from_slice(&body);
        // A state may be nested as deep as no reader reads it.
        let body = body.unwrap_or_else(|error| panic!("{status} {error} to {shown}"));
        assert!(start.elapsed() < LIMIT, "{:?} for {shown}", start.elapsed());
        tokio::task::yield_now().await;
        Some(Answer { status, body })
    }

    async fn faults(&self) -> Vec<Value> {
        let request = Request::get("/_emulator/faults").body(Body::empty()).expect("a request");
        let Ok(answer) = self.wix.router.clone().oneshot(request).await;
        let body = to_bytes(answer.into_body(), usize::MAX).await.expect("a body");
        serde_json::from_slice(&body).expect("a list")
    }

    /// After all that was done to it, it serves as ever.
    pub(super) async fn serves(&mut self) {
        self.wix.clear_faults();
        for view in VIEWS {
            self.get(view).await;
        }
        self.renew().await;
        let body = json!({ "triggerKey": "any", "payload": { "a": 1 } }).to_string();
        let answer = self.call("report", body.into()).await.expect("an answer");
        let is_over = self.wix.clock().now() == jiff::Timestamp::MAX;
        let is_expected = match answer.status {
            200 => true,
            // No token is good any longer than the last moment.
            401 => is_over,
            429 => self.is_limited,
            _ => false,
        };
        assert!(is_expected, "{} {}", answer.status, answer.body);
        let _ = self.wix.history();
        self.is_kept();
    }

    /// What is saved can be loaded, and is the same then.
    fn is_kept(&self) {
        self.wix.clock().freeze();
        let saved = self.wix.save();
        self.wix.load(&saved).unwrap_or_else(|error| panic!("{error} in {saved:.2000}"));
        assert_eq!(self.wix.save(), saved);
    }
}

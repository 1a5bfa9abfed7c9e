//! One call: its place among the site's calls, its token, its attempts.

use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::{Instrument, debug, debug_span, warn};

use super::app::{Instance, Shared};
use super::error::{CallError, Refusal};
use super::retry::retry_after;
use super::site::Token;
use super::transport::{Request, Response, TransportError};
use super::wire;

/// A call that is made.
#[derive(Clone, Copy)]
pub(super) struct Call<'c> {
    pub(super) path: &'static str,
    pub(super) trigger_key: &'static str,
    pub(super) body: &'c [u8],
    /// How long Wix keeps the idempotency key, if not for a week.
    pub(super) ttl: Option<Duration>,
}

/// What came of an attempt that went well.
pub(super) struct Answer {
    pub(super) body: Vec<u8>,
    pub(super) request_id: Option<String>,
}

/// What came of an attempt that failed.
pub(super) struct Failed {
    pub(super) error: CallError,
    pub(super) retry_after: Option<Duration>,
}

impl From<CallError> for Failed {
    fn from(error: CallError) -> Self {
        Self { error, retry_after: None }
    }
}

impl Call<'_> {
    /// Makes the call for this site, with retries, and reads its answer.
    pub(super) async fn make<A: DeserializeOwned>(
        self,
        instance: &Instance,
    ) -> Result<A, CallError> {
        let span = debug_span!("wix", trigger = self.trigger_key, path = self.path);
        let answer = self.with_retries(instance).instrument(span).await?;
        serde_json::from_slice(&answer.body).map_err(CallError::Answer)
    }

    async fn with_retries(self, instance: &Instance) -> Result<Answer, CallError> {
        let mut retries = Retries::start(instance, self.ttl)?;
        loop {
            match self.attempt(instance, retries.deadline).await {
                Ok(answer) => {
                    retries.went_well(answer.request_id.as_deref());
                    return Ok(answer);
                }
                Err(failed) => retries.wait(failed).await?,
            }
        }
    }

    /// One attempt, and a second one with a new token if Wix no longer takes the one that was kept.
    pub(super) async fn attempt(
        self,
        instance: &Instance,
        deadline: Instant,
    ) -> Result<Answer, Failed> {
        let site = &instance.site;
        self.wait_for_a_place(instance, deadline).await?;
        let token = site.token(instance, deadline, None).await?;
        let response = self.send(instance, &token, deadline).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return read(response);
        }
        self.wait_for_a_place(instance, deadline).await?;
        let token = site.token(instance, deadline, Some(token.number)).await?;
        let response = self.send(instance, &token, deadline).await?;
        if response.status() == StatusCode::UNAUTHORIZED {
            site.refuse(deadline, token.number, request_id(response.headers())).await;
        }
        read(response)
    }

    async fn wait_for_a_place(
        self,
        instance: &Instance,
        deadline: Instant,
    ) -> Result<(), CallError> {
        match instance.site.limiter.next(Instant::now(), deadline) {
            Some(place) => {
                sleep_until(place).await;
                Ok(())
            }
            None => Err(CallError::Deadline { last: None }),
        }
    }

    async fn send(
        self,
        instance: &Instance,
        token: &Token,
        deadline: Instant,
    ) -> Result<Response, CallError> {
        let mut request = request(instance, self.path, self.body.to_vec());
        // Without `Bearer`, as Wix's own SDK.
        request.headers_mut().insert(AUTHORIZATION, token.value.clone());
        transmit(instance, request, deadline).await
    }
}

/// A request with a body of JSON.
pub(super) fn request(instance: &Instance, path: &str, body: Vec<u8>) -> Request {
    let base_url = &instance.app.shared.base_url;
    let mut request = Request::new(body);
    *request.method_mut() = http::Method::POST;
    // The address was read when the app was built, and the paths are ours.
    *request.uri_mut() = format!("{base_url}{path}").parse().unwrap_or_default();
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request
}

pub(super) async fn transmit(
    instance: &Instance,
    request: Request,
    deadline: Instant,
) -> Result<Response, CallError> {
    let shared = &instance.app.shared;
    let until = deadline.min(Instant::now() + shared.timeout);
    match timeout_at(until, shared.transport.send(request)).await {
        Ok(answer) => Ok(answer?),
        Err(elapsed) => Err(TransportError::Connection(Box::new(elapsed)).into()),
    }
}

/// The attempts of one call: how many there were, and until when there may be more.
pub(super) struct Retries<'i> {
    shared: &'i Shared,
    pub(super) deadline: Instant,
    /// No attempt starts after this: Wix may have forgotten the idempotency key by then.
    last_start: Instant,
    /// The number of the attempt that is made, from 1.
    attempt: u32,
    /// What the attempt before failed with.
    last: Option<CallError>,
}

impl<'i> Retries<'i> {
    /// The first attempt, from now on.
    /// With a time to live, attempts start while Wix still has the key of the first.
    pub(super) fn start(instance: &'i Instance, ttl: Option<Duration>) -> Result<Self, CallError> {
        // Timers outside of a runtime panic.
        if Handle::try_current().is_err() {
            return Err(CallError::NoRuntime);
        }
        let shared = &*instance.app.shared;
        let now = Instant::now();
        let last_start = now + ttl.map_or(shared.deadline, |ttl| ttl.min(shared.deadline));
        Ok(Self { shared, deadline: now + shared.deadline, last_start, attempt: 1, last: None })
    }

    /// The call went well.
    pub(super) fn went_well(&self, request_id: Option<&str>) {
        self.shared.budget.put();
        debug!(attempt = self.attempt, status = 200, request_id, "made");
    }

    /// Waits for the next attempt, if what this one failed with allows one.
    pub(super) async fn wait(&mut self, failed: Failed) -> Result<(), CallError> {
        let Failed { error, retry_after } = failed;
        let Self { shared, deadline, attempt, .. } = *self;
        let (status, request_id) = (error.status(), error.request_id());
        if !error.may_pass() || matches!(error, CallError::Deadline { .. }) {
            warn!(attempt, status, request_id, "failed");
            return Err(self.after(error));
        }
        let wait = shared.policy.wait(attempt, retry_after, fastrand::f64());
        let next = Instant::now() + wait;
        if next >= deadline.min(self.last_start) {
            warn!(attempt, status, request_id, "failed, and there is no time for another attempt");
            return Err(CallError::Deadline { last: Some(Box::new(error)) });
        }
        if attempt >= shared.policy.attempts || !shared.budget.take() {
            warn!(attempt, status, request_id, "failed");
            return Err(error);
        }
        debug!(attempt, status, request_id, ?wait, "failed, and is tried again");
        self.attempt += 1;
        self.last = Some(error);
        sleep_until(next).await;
        Ok(())
    }

    /// The error, or what was before it if only the time was over.
    fn after(&mut self, error: CallError) -> CallError {
        match error {
            CallError::Deadline { last: None } => {
                CallError::Deadline { last: self.last.take().map(Box::new) }
            }
            error => error,
        }
    }
}

/// The body of an answer of success, or what another one says.
pub(super) fn read(response: Response) -> Result<Answer, Failed> {
    let (parts, body) = response.into_parts();
    let request_id = request_id(&parts.headers);
    if parts.status == StatusCode::OK {
        return Ok(Answer { body, request_id });
    }
    let status = parts.status.as_u16();
    let retry_after = retry_after(&parts.headers, SystemTime::now());
    let failure: wire::Failure = serde_json::from_slice(&body).unwrap_or_default();
    let error = match (status, failure.details) {
        (401 | 403, _) => CallError::Unauthorized { status, request_id },
        (429, _) => CallError::Limited { retry_after, request_id },
        (500 | 502 | 503 | 504, _) => CallError::Unavailable { status, request_id },
        (_, wire::Details { validation_error: Some(error), .. }) => {
            CallError::Fields { violations: error.field_violations, request_id }
        }
        (_, wire::Details { application_error: Some(error), .. }) => {
            let wire::ApplicationError { code, description, data } = error;
            CallError::Refused(Box::new(Refusal { status, code, description, data, request_id }))
        }
        _ => CallError::Unexpected { status, request_id },
    };
    Err(Failed { error, retry_after })
}

pub(super) fn request_id(headers: &HeaderMap) -> Option<String> {
    headers.get("x-wix-request-id")?.to_str().ok().map(str::to_owned)
}

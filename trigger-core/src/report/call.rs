//! One call: its place among the site's calls, its token, its attempts.

use std::panic::catch_unwind;
use std::sync::Arc;
use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep, sleep_until, timeout_at};
use tracing::{Instrument, Span, debug, error_span, warn};

use super::app::{Instance, Shared};
use super::error::{CallError, Refusal};
use super::retry::retry_after;
use super::site::Token;
use super::transport::{Body, Request, Response, TransportError};
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

impl Answer {
    pub(super) fn json<A: DeserializeOwned>(self) -> Result<A, CallError> {
        let Self { body, request_id } = self;
        serde_json::from_slice(&body).map_err(|error| {
            warn!(status = 200, request_id, "the answer is not what it should be");
            CallError::Answer { source: Arc::new(error), request_id }
        })
    }
}

/// What came of an attempt that failed.
pub(super) struct Failed {
    pub(super) error: CallError,
    pub(super) retry_after: Option<Duration>,
}

impl Failed {
    /// Whether Wix may have the request.
    pub(super) fn may_have_arrived(&self) -> bool {
        !matches!(
            self.error,
            CallError::Deadline { .. }
                | CallError::LimitReached { .. }
                | CallError::Token(_)
                | CallError::TokenRefused { .. }
                | CallError::Unauthorized { .. }
                | CallError::Limited { .. }
        )
    }
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
        let span = span(instance, self.trigger_key, self.path);
        let answer = self.with_retries(instance).instrument(span).await?;
        answer.json()
    }

    async fn with_retries(self, instance: &Instance) -> Result<Answer, CallError> {
        let mut retries = Retries::start(instance, self.ttl)?;
        loop {
            match self.attempt(instance, &retries).await {
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
        retries: &Retries<'_>,
    ) -> Result<Answer, Failed> {
        let (token, response) = self.send(instance, retries.deadline, None).await?;
        if response.status() != StatusCode::UNAUTHORIZED {
            return read(response);
        }
        let deadline = retries.last_deadline;
        let (token, response) = self.send(instance, deadline, Some(token.number)).await?;
        let answer = read(response);
        if let Err(Failed { error: error @ CallError::Unauthorized { status: 401, .. }, .. }) =
            &answer
        {
            instance.site.refuse(deadline, token.number, error.clone()).await;
        }
        answer
    }

    /// Sends the request once, with another token than the one of the number `stale`.
    async fn send(
        self,
        instance: &Instance,
        deadline: Instant,
        stale: Option<u64>,
    ) -> Result<(Token, Response), CallError> {
        let site = &instance.site;
        site.token(instance, deadline, stale).await?;
        // A place whose call could not be over in time is of no use.
        let shared = &instance.app.shared;
        let before = deadline - shared.timeout.min(shared.deadline / 2);
        site.limiter.wait(before).await.map_err(|free_in| CallError::LimitReached { free_in })?;
        // Once more: the wait may have been longer than the token lasts.
        let token = site.token(instance, deadline, stale).await?;
        let mut request = request(instance, self.path, self.body.to_vec());
        // Without `Bearer`, as Wix's own SDK.
        request.headers_mut().insert(AUTHORIZATION, token.value.clone());
        let response = transmit(instance, request, deadline).await?;
        Ok((token, response))
    }
}

/// What is told of a call is told with these, at every level.
pub(super) fn span(instance: &Instance, trigger_key: &str, path: &str) -> Span {
    error_span!("wix", trigger = trigger_key, site = %instance.id(), path)
}

/// A request with a body of JSON.
pub(super) fn request(instance: &Instance, path: &str, body: Vec<u8>) -> Request {
    let base_url = &instance.app.shared.base_url;
    let mut request = Request::new(Body(body));
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
    let now = Instant::now();
    if now >= deadline {
        return Err(CallError::Deadline { last: None });
    }
    let until = deadline.min(now + shared.timeout);
    match timeout_at(until, shared.transport.send(request)).await {
        Ok(answer) => Ok(answer?),
        Err(_) => {
            let words = format!("no answer came within {:?}", until - now);
            Err(TransportError::connection(words).into())
        }
    }
}

/// The attempts of one call: how many there were, and until when there may be more.
pub(super) struct Retries<'i> {
    shared: &'i Shared,
    /// When the attempt that is made is over.
    pub(super) deadline: Instant,
    /// When all further attempts are: Wix may have forgotten the idempotency key by then.
    last_deadline: Instant,
    /// The number of the attempt that is made, from 1.
    attempt: u32,
    /// What the attempt before failed with.
    last: Option<CallError>,
}

impl<'i> Retries<'i> {
    /// The first attempt, from now on.
    /// With a time to live, the others are over while Wix still has the key of the first.
    pub(super) fn start(instance: &'i Instance, ttl: Option<Duration>) -> Result<Self, CallError> {
        if !has_timers() {
            return Err(CallError::NoRuntime);
        }
        let now = Instant::now();
        let longest = instance.app.shared.deadline;
        let last_deadline = now + ttl.map_or(longest, |ttl| ttl.min(longest));
        Ok(Self { last_deadline, ..Self::until(instance, now + longest) })
    }

    /// The first attempt, when all are over at this time.
    pub(super) fn until(instance: &'i Instance, deadline: Instant) -> Self {
        let shared = &*instance.app.shared;
        Self { shared, deadline, last_deadline: deadline, attempt: 1, last: None }
    }

    /// The call went well.
    pub(super) fn went_well(&self, request_id: Option<&str>) {
        self.shared.budget.put();
        debug!(attempt = self.attempt, status = 200, request_id, "made");
    }

    /// Waits for the next attempt, if what this one failed with allows one.
    pub(super) async fn wait(&mut self, failed: Failed) -> Result<(), CallError> {
        let Failed { error, retry_after } = failed;
        let Self { shared, last_deadline, attempt, .. } = *self;
        let (status, request_id) = (error.status(), error.request_id());
        if !error.may_pass() || attempt >= shared.policy.attempts {
            warn!(attempt, status, request_id, "failed");
            return Err(self.after(error));
        }
        let wait = shared.policy.wait(attempt, retry_after, fastrand::f64());
        let next = Instant::now() + wait;
        if next >= last_deadline {
            warn!(attempt, status, request_id, "failed, and there is no time for another attempt");
            return Err(CallError::Deadline { last: Some(Box::new(error)) });
        }
        if !shared.budget.take() {
            warn!(attempt, status, request_id, "failed, and the retries of the app are used up");
            return Err(error);
        }
        debug!(attempt, status, request_id, ?wait, "failed, and is tried again");
        self.attempt += 1;
        self.deadline = last_deadline;
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

/// Whether the runtime around this has timers, which Tokio tells by a panic alone.
fn has_timers() -> bool {
    Handle::try_current().is_ok() && catch_unwind(|| drop(sleep(Duration::ZERO))).is_ok()
}

/// The body of an answer of success, or what another one says.
pub(super) fn read(response: Response) -> Result<Answer, Failed> {
    if response.status() == StatusCode::OK {
        let request_id = request_id(response.headers());
        return Ok(Answer { body: response.into_body(), request_id });
    }
    let retry_after = retry_after(response.headers(), SystemTime::now());
    let (status, request_id, failure) = failure(&response);
    let reason = failure.reason();
    let error = match (status, failure.details) {
        (401 | 403, _) => CallError::Unauthorized { status, reason, request_id },
        (429, _) => CallError::Limited { retry_after, request_id },
        (500 | 502 | 503 | 504, _) => CallError::Unavailable { status, request_id },
        (_, wire::Details { validation_error: Some(error), .. }) => {
            CallError::Fields { violations: error.field_violations, request_id }
        }
        (_, wire::Details { application_error: Some(error), .. }) => {
            let wire::ApplicationError { code, description, data } = error;
            CallError::Refused(Box::new(Refusal { status, code, description, data, request_id }))
        }
        _ => CallError::Unexpected { status, reason, request_id },
    };
    Err(Failed { error, retry_after })
}

/// Status, request id and body of an answer that is no success.
pub(super) fn failure(response: &Response) -> (u16, Option<String>, wire::Failure) {
    let failure = serde_json::from_slice(response.body()).unwrap_or_default();
    (response.status().as_u16(), request_id(response.headers()), failure)
}

fn request_id(headers: &HeaderMap) -> Option<String> {
    headers.get("x-wix-request-id")?.to_str().ok().map(str::to_owned)
}

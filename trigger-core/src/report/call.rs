//! One call: its place among the site's calls, its token, its attempts.

use std::time::{Duration, SystemTime};

use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderValue, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::json;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep_until, timeout_at};
use tracing::{Instrument, debug, debug_span, warn};

use super::app::{Instance, Shared};
use super::error::{CallError, Refusal, Secret};
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
}

/// What came of an attempt that went well.
pub(super) struct Answer {
    pub(super) body: Vec<u8>,
    pub(super) request_id: Option<String>,
}

/// What came of an attempt that failed.
pub(super) struct Failed {
    error: CallError,
    retry_after: Option<Duration>,
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
        let mut retries = Retries::start(instance)?;
        loop {
            match self.attempt(instance, retries.deadline).await {
                Ok(answer) => {
                    retries.went_well();
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
        let place = instance.site.limiter.next(Instant::now());
        if place >= deadline {
            return Err(CallError::Deadline { last: None }.into());
        }
        sleep_until(place).await;
        let token = token(instance, deadline).await?;
        let response = self.send(instance, &token, deadline).await?;
        let response = if response.status() == StatusCode::UNAUTHORIZED {
            forget(instance, &token).await;
            let token = self::token(instance, deadline).await?;
            self.send(instance, &token, deadline).await?
        } else {
            response
        };
        read(response)
    }

    async fn send(
        self,
        instance: &Instance,
        token: &Secret,
        deadline: Instant,
    ) -> Result<Response, CallError> {
        let mut request = request(instance, self.path, self.body.to_vec());
        // Without `Bearer`, as Wix's own SDK.
        if let Ok(mut value) = HeaderValue::from_str(&token.0) {
            value.set_sensitive(true);
            request.headers_mut().insert(AUTHORIZATION, value);
        }
        transmit(instance, request, deadline).await
    }
}

/// A request with a body of JSON.
fn request(instance: &Instance, path: &str, body: Vec<u8>) -> Request {
    let base_url = &instance.app.shared.base_url;
    let mut request = Request::new(body);
    *request.method_mut() = http::Method::POST;
    // The address was read when the app was built, and the paths are ours.
    *request.uri_mut() = format!("{base_url}{path}").parse().unwrap_or_default();
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    request
}

async fn transmit(
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
    /// The number of the attempt that is made, from 1.
    attempt: u32,
}

impl<'i> Retries<'i> {
    /// The first attempt, from now on.
    pub(super) fn start(instance: &'i Instance) -> Result<Self, CallError> {
        // Timers outside of a runtime panic.
        if Handle::try_current().is_err() {
            return Err(CallError::NoRuntime);
        }
        let shared = &*instance.app.shared;
        Ok(Self { shared, deadline: Instant::now() + shared.deadline, attempt: 1 })
    }

    /// The call went well.
    pub(super) fn went_well(&self) {
        self.shared.budget.put();
        debug!(attempt = self.attempt, status = 200, "made");
    }

    /// Waits for the next attempt, if what this one failed with allows one.
    pub(super) async fn wait(&mut self, failed: Failed) -> Result<(), CallError> {
        let Failed { error, retry_after } = failed;
        let Self { shared, deadline, attempt } = *self;
        let request_id = error.request_id();
        let status = error.status();
        if Instant::now() >= deadline {
            return Err(CallError::Deadline { last: Some(Box::new(error)) });
        }
        let may_retry = error.is_retryable() && !matches!(error, CallError::Deadline { .. });
        if !may_retry || attempt >= shared.policy.attempts || !shared.budget.take() {
            warn!(attempt, status, request_id, %error, "failed");
            return Err(error);
        }
        let wait = shared.policy.wait(attempt, retry_after, fastrand::f64());
        debug!(attempt, status, request_id, %error, ?wait, "failed, and is tried again");
        let next = Instant::now() + wait;
        if next >= deadline {
            return Err(CallError::Deadline { last: Some(Box::new(error)) });
        }
        sleep_until(next).await;
        self.attempt += 1;
        Ok(())
    }
}

/// The site's token: the one that is kept, or a new one, for which all who ask wait together.
async fn token(instance: &Instance, deadline: Instant) -> Result<Secret, Failed> {
    let waiting = timeout_at(deadline, instance.site.token.lock());
    let Ok(mut kept) = waiting.await else {
        return Err(CallError::Deadline { last: None }.into());
    };
    let now = Instant::now();
    match &*kept {
        Token::Valid { token, until } if now < *until => return Ok(token.clone()),
        Token::Refused { status, request_id, until } if now < *until => {
            let (status, request_id) = (*status, request_id.clone());
            return Err(CallError::Unauthorized { status, request_id }.into());
        }
        _ => {}
    }
    let shared = &instance.app.shared;
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": shared.id,
        "client_secret": shared.secret.0,
        "instance_id": instance.id(),
    });
    let request = request(instance, wire::TOKEN, body.to_string().into_bytes());
    let response = transmit(instance, request, deadline).await?;
    let status = response.status();
    if matches!(status.as_u16(), 400 | 401 | 403 | 404) {
        let request_id = request_id(response.headers());
        *kept = Token::refused(status.as_u16(), request_id.clone(), Instant::now());
        return Err(CallError::Unauthorized { status: status.as_u16(), request_id }.into());
    }
    let answer: wire::Token =
        serde_json::from_slice(&read(response)?.body).map_err(CallError::Answer)?;
    let expires_in = Duration::from_secs(answer.expires_in);
    *kept = Token::valid(answer.access_token.clone(), expires_in, Instant::now());
    Ok(Secret(answer.access_token))
}

/// Wix does not take this token any more, if nobody has fetched another one since.
async fn forget(instance: &Instance, refused: &Secret) {
    let mut kept = instance.site.token.lock().await;
    if matches!(&*kept, Token::Valid { token, .. } if token.0 == refused.0) {
        *kept = Token::None;
    }
}

/// The body of an answer of success, or what another one says.
fn read(response: Response) -> Result<Answer, Failed> {
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

fn request_id(headers: &HeaderMap) -> Option<String> {
    headers.get("x-wix-request-id")?.to_str().ok().map(str::to_owned)
}

//! What is kept of a site: its token, and how many calls it may have.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use http::HeaderValue;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};
use tracing::{Instrument, error_span, warn};
use uuid::Uuid;

use super::app::Instance;
use super::call::{Answer, Failed, Retries, failure, read, request, transmit};
use super::error::CallError;
use super::limiter::Limiter;
use super::wire;

/// How long a refused app is not asked about again.
const REFUSED_FOR: Duration = Duration::from_secs(10);

/// A token is given up this long before it expires, or a tenth of its time if that is less.
const MARGIN: Duration = Duration::from_mins(1);

/// How long a token is kept that does not say when it expires, and the longest of all.
const UNTOLD: Duration = Duration::from_mins(5);
const LONGEST: Duration = Duration::from_hours(24);

#[derive(Debug)]
pub(super) struct Site {
    pub(super) id: Uuid,
    pub(super) limiter: Limiter,
    /// Whoever fetches a token holds this: all others wait for it, and find what came of it.
    slot: Mutex<Slot>,
    /// How many fetches have ended.
    ended: AtomicU64,
}

#[derive(Debug, Default)]
struct Slot {
    kept: Kept,
    /// The number of the kept token.
    number: u64,
    /// What the last fetch failed with, if it did.
    failure: Option<CallError>,
}

#[derive(Debug, Default)]
enum Kept {
    #[default]
    None,
    Valid {
        value: HeaderValue,
        until: Instant,
    },
    Refused {
        error: CallError,
        until: Instant,
    },
}

/// A token as it is sent, and which one it is.
pub(super) struct Token {
    pub(super) value: HeaderValue,
    pub(super) number: u64,
}

impl Site {
    pub(super) fn new(id: Uuid, calls_per_minute: u32) -> Self {
        let (slot, ended) = (Mutex::default(), AtomicU64::new(0));
        Self { id, limiter: Limiter::new(calls_per_minute), slot, ended }
    }

    /// The token that is kept, or a new one, for which all who ask wait together. The one of the
    /// number `stale` is no longer taken by Wix.
    pub(super) async fn token(
        &self,
        instance: &Instance,
        deadline: Instant,
        stale: Option<u64>,
    ) -> Result<Token, CallError> {
        let ended = self.ended.load(Ordering::Acquire);
        let Ok(mut slot) = timeout_at(deadline, self.slot.lock()).await else {
            return Err(CallError::Deadline { last: None });
        };
        if stale == Some(slot.number) && matches!(slot.kept, Kept::Valid { .. }) {
            slot.kept = Kept::None;
        }
        if let Some(kept) = slot.kept() {
            return kept;
        }
        // Who waited for a fetch that failed does not ask once more.
        if self.ended.load(Ordering::Acquire) > ended
            && let Some(error) = &slot.failure
        {
            return Err(error.clone());
        }
        let fetched = fetch(instance, deadline).await;
        self.ended.fetch_add(1, Ordering::Release);
        slot.keep(fetched)
    }

    /// Wix does not take this token either, which is fresh: the app is not authorized.
    pub(super) async fn refuse(&self, deadline: Instant, number: u64, error: CallError) {
        if let Ok(mut slot) = timeout_at(deadline, self.slot.lock()).await
            && slot.number == number
        {
            slot.kept = Kept::refused(error);
        }
    }
}

impl Kept {
    fn refused(error: CallError) -> Self {
        Self::Refused { error, until: Instant::now() + REFUSED_FOR }
    }
}

impl Slot {
    /// What is kept and still holds.
    fn kept(&self) -> Option<Result<Token, CallError>> {
        let now = Instant::now();
        match &self.kept {
            Kept::Valid { value, until } if now < *until => {
                Some(Ok(Token { value: value.clone(), number: self.number }))
            }
            Kept::Refused { error, until } if now < *until => Some(Err(error.clone())),
            _ => None,
        }
    }

    fn keep(&mut self, fetched: Result<Fetched, CallError>) -> Result<Token, CallError> {
        self.failure = None;
        match fetched {
            Ok(Fetched { value, until }) => {
                self.number += 1;
                self.kept = Kept::Valid { value: value.clone(), until };
                Ok(Token { value, number: self.number })
            }
            Err(error @ CallError::TokenRefused { .. }) => {
                self.kept = Kept::refused(error.clone());
                Err(error)
            }
            Err(error @ (CallError::NoToken { .. } | CallError::NoRuntime)) => {
                self.failure = Some(error.clone());
                Err(error)
            }
            // Others may have more time.
            Err(error @ CallError::Deadline { .. }) => Err(error),
            Err(error) => {
                let error = CallError::Token(Arc::new(error));
                self.failure = Some(error.clone());
                Err(error)
            }
        }
    }
}

/// A token, and until when it is kept.
struct Fetched {
    value: HeaderValue,
    until: Instant,
}

/// Asks Wix for a token, with retries of its own: all who wait for it are failed by one failure.
async fn fetch(instance: &Instance, deadline: Instant) -> Result<Fetched, CallError> {
    let with_retries = async {
        let mut retries = Retries::until(instance, deadline);
        loop {
            let asked = Instant::now();
            match ask(instance, retries.deadline).await {
                Ok(answer) => {
                    retries.went_well(answer.request_id.as_deref());
                    return fetched(answer, asked);
                }
                Err(failed) => retries.wait(failed).await?,
            }
        }
    };
    with_retries.instrument(error_span!("token")).await
}

async fn ask(instance: &Instance, deadline: Instant) -> Result<Answer, Failed> {
    let shared = &instance.app.shared;
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": shared.id,
        "client_secret": shared.secret.0,
        "instance_id": instance.id(),
    });
    let request = request(instance, wire::TOKEN, body.to_string().into_bytes());
    let response = transmit(instance, request, deadline).await?;
    if !matches!(response.status().as_u16(), 400 | 401 | 403 | 404) {
        return read(response);
    }
    let (status, request_id, failure) = failure(&response);
    // The secret was in the request, and must not be in an error.
    let reason = Some(failure.reason()).filter(|reason| !reason.contains(&shared.secret.0));
    let reason = reason.unwrap_or_default();
    Err(CallError::TokenRefused { status, reason, request_id }.into())
}

fn fetched(answer: Answer, asked: Instant) -> Result<Fetched, CallError> {
    let Answer { body, request_id } = answer;
    // What serde says of it would show it, and a token that is none must not end in a call without
    // one.
    let told = serde_json::from_slice::<wire::Token>(&body).ok();
    let value = told.as_ref().and_then(|told| HeaderValue::from_str(&told.access_token).ok());
    let (Some(told), Some(mut value)) = (told, value.filter(|value| !value.is_empty())) else {
        warn!(request_id, "what came for a token is none");
        return Err(CallError::NoToken { request_id });
    };
    value.set_sensitive(true);
    let expires_in = told.expires_in.map_or(UNTOLD, Duration::from_secs);
    let kept = expires_in.saturating_sub(MARGIN.min(expires_in / 10)).min(LONGEST);
    Ok(Fetched { value, until: asked + kept })
}

//! What is kept of a site: its token, and how many calls it may have.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, SystemTime};

use http::HeaderValue;
use serde_json::json;
use tokio::sync::Mutex;
use tokio::time::{Instant, timeout_at};
use tracing::{debug, warn};
use uuid::Uuid;

use super::app::Instance;
use super::call::{Failed, read, request, request_id, transmit};
use super::error::CallError;
use super::limiter::Limiter;
use super::retry::retry_after;
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
    /// What the last fetch failed with, if it did and may go well later.
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
        status: u16,
        request_id: Option<String>,
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
    ) -> Result<Token, Failed> {
        let ended = self.ended.load(Ordering::Acquire);
        let Ok(mut slot) = timeout_at(deadline, self.slot.lock()).await else {
            return Err(CallError::Deadline { last: None }.into());
        };
        if stale == Some(slot.number) {
            slot.kept = Kept::None;
        }
        if let Some(kept) = slot.kept() {
            return kept;
        }
        // Who waited for a fetch that failed does not ask once more.
        if self.ended.load(Ordering::Acquire) > ended
            && let Some(error) = slot.failure.as_ref().and_then(CallError::copy)
        {
            return Err(error.into());
        }
        let fetched = fetch(instance, deadline).await;
        self.ended.fetch_add(1, Ordering::Release);
        slot.keep(fetched)
    }

    /// Wix does not take this token either, which is fresh: the app is not authorized.
    pub(super) async fn refuse(&self, deadline: Instant, number: u64, request_id: Option<String>) {
        if let Ok(mut slot) = timeout_at(deadline, self.slot.lock()).await
            && slot.number == number
        {
            slot.kept = Kept::refused(401, request_id);
        }
    }
}

impl Kept {
    fn refused(status: u16, request_id: Option<String>) -> Self {
        Self::Refused { status, request_id, until: Instant::now() + REFUSED_FOR }
    }
}

impl Slot {
    /// What is kept and still holds.
    fn kept(&self) -> Option<Result<Token, Failed>> {
        let now = Instant::now();
        match &self.kept {
            Kept::Valid { value, until } if now < *until => {
                Some(Ok(Token { value: value.clone(), number: self.number }))
            }
            Kept::Refused { status, request_id, until } if now < *until => {
                let (status, request_id) = (*status, request_id.clone());
                Some(Err(CallError::Unauthorized { status, request_id }.into()))
            }
            _ => None,
        }
    }

    fn keep(&mut self, fetched: Result<(HeaderValue, Instant), Failed>) -> Result<Token, Failed> {
        match fetched {
            Ok((value, until)) => {
                self.number += 1;
                self.failure = None;
                self.kept = Kept::Valid { value: value.clone(), until };
                debug!("a token was fetched");
                Ok(Token { value, number: self.number })
            }
            Err(failed) => {
                warn!(status = failed.error.status(), "no token was fetched");
                if let CallError::Unauthorized { status, request_id } = &failed.error {
                    self.kept = Kept::refused(*status, request_id.clone());
                }
                self.failure = failed.error.copy();
                Err(failed)
            }
        }
    }
}

/// Asks Wix for a token, and tells until when it is kept.
async fn fetch(instance: &Instance, deadline: Instant) -> Result<(HeaderValue, Instant), Failed> {
    let shared = &instance.app.shared;
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": shared.id,
        "client_secret": shared.secret.0,
        "instance_id": instance.id(),
    });
    let request = request(instance, wire::TOKEN, body.to_string().into_bytes());
    let asked = Instant::now();
    let response = transmit(instance, request, deadline).await?;
    let status = response.status().as_u16();
    if matches!(status, 400 | 401 | 403 | 404) {
        let request_id = request_id(response.headers());
        let retry_after = retry_after(response.headers(), SystemTime::now());
        return Err(Failed { error: CallError::Unauthorized { status, request_id }, retry_after });
    }
    let answer = read(response)?;
    let told: wire::Token = serde_json::from_slice(&answer.body).map_err(CallError::Answer)?;
    // A token that is none must not end in a call without one.
    let value = HeaderValue::from_str(&told.access_token).ok().filter(|value| !value.is_empty());
    let Some(mut value) = value else {
        return Err(CallError::NoToken { request_id: answer.request_id }.into());
    };
    value.set_sensitive(true);
    let expires_in = told.expires_in.map_or(UNTOLD, Duration::from_secs);
    let kept = expires_in.saturating_sub(MARGIN.min(expires_in / 10)).min(LONGEST);
    Ok((value, asked + kept))
}

//! What is kept of a site: its token, and how many calls it may have.

use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;
use uuid::Uuid;

use super::error::Secret;
use super::limiter::Limiter;

/// How long a refused app is not asked about again.
const REFUSED_FOR: Duration = Duration::from_secs(10);

/// A token is given up this long before it expires, or a tenth of its time if that is less.
const MARGIN: Duration = Duration::from_mins(1);

#[derive(Debug)]
pub(super) struct Site {
    pub(super) id: Uuid,
    pub(super) limiter: Limiter,
    /// Whoever asks for a token holds this: all others wait for it, and find it.
    pub(super) token: Mutex<Token>,
}

#[derive(Debug)]
pub(super) enum Token {
    None,
    Valid { token: Secret, until: Instant },
    Refused { status: u16, request_id: Option<String>, until: Instant },
}

impl Site {
    pub(super) fn new(id: Uuid, calls_per_minute: u32) -> Self {
        Self { id, limiter: Limiter::new(calls_per_minute), token: Mutex::new(Token::None) }
    }
}

impl Token {
    pub(super) fn valid(token: String, expires_in: Duration, now: Instant) -> Self {
        let kept = expires_in.saturating_sub(MARGIN.min(expires_in / 10));
        Self::Valid { token: Secret(token), until: now + kept.min(Duration::from_hours(24)) }
    }

    pub(super) fn refused(status: u16, request_id: Option<String>, now: Instant) -> Self {
        Self::Refused { status, request_id, until: now + REFUSED_FOR }
    }
}

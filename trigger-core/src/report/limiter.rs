//! At most so many calls a minute, the others wait.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// Calls at once up to a minute's worth, then one as each is free again.
#[derive(Debug)]
pub(super) struct Limiter {
    /// How long each call takes of the minute.
    interval: Duration,
    /// When all calls so far would be over, had they come one by one.
    busy_until: Mutex<Option<Instant>>,
}

const MINUTE: Duration = Duration::from_mins(1);

impl Limiter {
    pub(super) fn new(calls_per_minute: u32) -> Self {
        Self { interval: MINUTE / calls_per_minute.max(1), busy_until: Mutex::new(None) }
    }

    /// Takes the next place, and tells when it comes.
    pub(super) fn next(&self, now: Instant) -> Instant {
        let mut busy_until = self.busy_until.lock().unwrap_or_else(PoisonError::into_inner);
        let start = busy_until.unwrap_or(now).max(now);
        *busy_until = Some(start + self.interval);
        // The first minute's worth need not wait.
        (start + self.interval).checked_sub(MINUTE).unwrap_or(now).max(now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_minutes_worth_at_once_and_then_one_by_one() {
        let limiter = Limiter::new(3);
        let now = Instant::now() + MINUTE;
        let waits: Vec<_> = (0..5).map(|_| limiter.next(now) - now).collect();
        assert_eq!(waits, [0, 0, 0, 20, 40].map(Duration::from_secs));
        let later = now + 2 * MINUTE;
        assert_eq!(limiter.next(later), later);
    }
}

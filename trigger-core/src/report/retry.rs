//! When a call is tried again, and how long that waits.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use http::HeaderMap;
use http::header::RETRY_AFTER;

/// How a call is tried again.
#[derive(Clone, Copy, Debug)]
pub(super) struct Policy {
    /// How often a call is tried in all.
    pub(super) attempts: u32,
    /// The longest first wait.
    pub(super) base: Duration,
    /// The longest wait of all, whatever `Retry-After` says.
    pub(super) cap: Duration,
}

impl Policy {
    pub(super) const DEFAULT: Self =
        Self { attempts: 3, base: Duration::from_millis(100), cap: Duration::from_secs(20) };

    /// How long to wait after this attempt, from 1: anything up to twice as much each time, on top of
    /// what Wix asks for, so that those who failed together do not come back together.
    pub(super) fn wait(&self, attempt: u32, asked_for: Option<Duration>, random: f64) -> Duration {
        let doublings = attempt.saturating_sub(1).min(30);
        let own = self.base.saturating_mul(1 << doublings).min(self.cap).mul_f64(random);
        asked_for.unwrap_or_default().saturating_add(own).min(self.cap)
    }
}

/// What `Retry-After` asks for: seconds, or a date (RFC 9110).
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    match value.parse() {
        Ok(seconds) => Some(Duration::from_secs(seconds)),
        Err(_) => {
            let date = httpdate::parse_http_date(value).ok()?;
            Some(date.duration_since(now).unwrap_or_default())
        }
    }
}

/// How many retries an app has: some at once, and then one for every few calls that went well, so
/// that an outage is not met with a storm.
#[derive(Debug)]
pub(super) struct Budget {
    /// In tenths of a retry.
    tenths: Mutex<u32>,
}

impl Budget {
    const RETRY: u32 = 10;
    const FULL: u32 = 100 * Self::RETRY;

    pub(super) fn full() -> Self {
        Self { tenths: Mutex::new(Self::FULL) }
    }

    /// A call went well: a tenth of a retry more.
    pub(super) fn put(&self) {
        let mut tenths = self.tenths.lock().unwrap_or_else(PoisonError::into_inner);
        *tenths = (*tenths + 1).min(Self::FULL);
    }

    /// Whether there is a retry left, which is taken.
    pub(super) fn take(&self) -> bool {
        let mut tenths = self.tenths.lock().unwrap_or_else(PoisonError::into_inner);
        let left = tenths.checked_sub(Self::RETRY);
        *tenths = left.unwrap_or(*tenths);
        left.is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(value: &str) -> Option<Duration> {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, value.parse().expect("a header"));
        let now = httpdate::parse_http_date("Tue, 24 Nov 2026 10:00:00 GMT").expect("a date");
        retry_after(&headers, now)
    }

    #[test]
    fn both_forms_of_retry_after() {
        assert_eq!(asked("7"), Some(Duration::from_secs(7)));
        assert_eq!(asked("Tue, 24 Nov 2026 10:00:30 GMT"), Some(Duration::from_secs(30)));
        assert_eq!(asked("Tue, 24 Nov 2026 09:00:00 GMT"), Some(Duration::ZERO));
        for value in ["soon", "-1", "1.5", ""] {
            assert_eq!(asked(value), None, "{value}");
        }
        assert_eq!(retry_after(&HeaderMap::new(), SystemTime::now()), None);
    }

    #[test]
    fn waits_double_up_to_the_cap() {
        let policy = Policy::DEFAULT;
        let longest: Vec<_> = (1..=9).map(|attempt| policy.wait(attempt, None, 1.0)).collect();
        let expected = [100, 200, 400, 800, 1600, 3200, 6400, 12_800, 20_000];
        assert_eq!(longest, expected.map(Duration::from_millis));
        assert_eq!(policy.wait(u32::MAX, None, 0.5), Duration::from_secs(10));
        assert_eq!(policy.wait(1, None, 0.0), Duration::ZERO);
        assert_eq!(policy.wait(1, Some(Duration::from_secs(5)), 0.0), Duration::from_secs(5));
        assert_eq!(policy.wait(1, Some(Duration::MAX), 0.0), policy.cap);
        // Those who are told to come back at one time do not come together.
        assert_eq!(policy.wait(1, Some(Duration::ZERO), 0.5), Duration::from_millis(50));
        assert_eq!(policy.wait(1, Some(Duration::from_secs(5)), 0.5), Duration::from_millis(5050));
    }

    #[test]
    fn an_outage_uses_the_budget_up() {
        let budget = Budget::full();
        assert_eq!((0..1000).filter(|_| budget.take()).count(), 100);
        for _ in 0..9 {
            budget.put();
        }
        assert!(!budget.take());
        budget.put();
        assert!(budget.take());
    }
}

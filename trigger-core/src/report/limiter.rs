//! At most so many calls a minute, the others wait.

use std::collections::VecDeque;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::Instant;

/// No minute has more than its calls, whichever minute one looks at.
#[derive(Debug)]
pub(super) struct Limiter {
    calls_per_minute: usize,
    /// When the last calls were made, or will be: as many as a minute has.
    places: Mutex<VecDeque<Instant>>,
}

const MINUTE: Duration = Duration::from_mins(1);

impl Limiter {
    pub(super) fn new(calls_per_minute: u32) -> Self {
        let calls_per_minute = usize::try_from(calls_per_minute.max(1)).unwrap_or(usize::MAX);
        Self { calls_per_minute, places: Mutex::default() }
    }

    /// Takes the next place, unless it comes after the deadline: then nobody takes it, so that those
    /// who give up do not make the others wait.
    pub(super) fn next(&self, now: Instant, deadline: Instant) -> Option<Instant> {
        let mut places = self.places.lock().unwrap_or_else(PoisonError::into_inner);
        while places.front().is_some_and(|first| *first + MINUTE <= now) {
            places.pop_front();
        }
        let place = match places.len().checked_sub(self.calls_per_minute) {
            Some(over) => places.get(over).map_or(now, |first| *first + MINUTE),
            None => now,
        };
        (place < deadline).then(|| {
            places.push_back(place);
            place
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_minute_has_more_than_its_calls() {
        let limiter = Limiter::new(3);
        let now = Instant::now();
        let far = now + 60 * MINUTE;
        let waits: Vec<_> =
            (0..7).map(|_| limiter.next(now, far).expect("a place") - now).collect();
        assert_eq!(waits, [0, 0, 0, 60, 60, 60, 120].map(Duration::from_secs));
        let later = now + 10 * MINUTE;
        assert_eq!(limiter.next(later, far), Some(later));
    }

    #[test]
    fn who_gives_up_takes_no_place() {
        let limiter = Limiter::new(1);
        let now = Instant::now();
        let soon = now + MINUTE / 2;
        assert_eq!(limiter.next(now, soon), Some(now));
        for _ in 0..1000 {
            assert_eq!(limiter.next(now, soon), None);
        }
        assert_eq!(limiter.next(now, now + 2 * MINUTE), Some(now + MINUTE));
    }
}

//! At most so many calls a minute, the others wait.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::time::{Instant, sleep_until};

/// No minute has more than its calls, whichever minute one looks at.
#[derive(Debug)]
pub(super) struct Limiter {
    calls_per_minute: usize,
    /// When the calls of the last minute were made.
    made: Mutex<VecDeque<Instant>>,
    /// How many wait: who gives up, or is dropped, leaves no gap.
    waiting: AtomicUsize,
    /// Whoever is next holds this, and the others wait for it in the order in which they came.
    turn: tokio::sync::Mutex<()>,
}

const MINUTE: Duration = Duration::from_mins(1);

/// In minutes: later than any deadline.
const LONGEST: u32 = 1_000_000;

impl Limiter {
    pub(super) fn new(calls_per_minute: u32) -> Self {
        let calls_per_minute = usize::try_from(calls_per_minute.max(1)).unwrap_or(usize::MAX);
        let (made, waiting, turn) = Default::default();
        Self { calls_per_minute, made, waiting, turn }
    }

    /// Waits until a call may be made. Where it would have to wait, and not be before this time, it
    /// fails at once, with how long that is.
    pub(super) async fn wait(&self, before: Instant) -> Result<(), Duration> {
        let place = Place::take(&self.waiting);
        let (now, time) = (Instant::now(), self.time(place.ahead));
        if time > now && time >= before {
            return Err(time - now);
        }
        let _turn = self.turn.lock().await;
        sleep_until(self.time(0)).await;
        self.lock().push_back(Instant::now());
        Ok(())
    }

    /// When one may make a call that has so many others before it.
    fn time(&self, ahead: usize) -> Instant {
        let now = Instant::now();
        let mut made = self.lock();
        while made.front().is_some_and(|first| *first + MINUTE <= now) {
            made.pop_front();
        }
        // Each call is a minute after the one that many calls before it.
        let number = made.len() + ahead;
        let first = made.get(number % self.calls_per_minute).copied().unwrap_or(now);
        let minutes = u32::try_from(number / self.calls_per_minute).unwrap_or(u32::MAX);
        first + MINUTE * minutes.min(LONGEST)
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, VecDeque<Instant>> {
        self.made.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A place among those who wait, which is left when this is dropped.
struct Place<'w> {
    waiting: &'w AtomicUsize,
    ahead: usize,
}

impl<'w> Place<'w> {
    fn take(waiting: &'w AtomicUsize) -> Self {
        Self { waiting, ahead: waiting.fetch_add(1, Ordering::Relaxed) }
    }
}

impl Drop for Place<'_> {
    fn drop(&mut self) {
        self.waiting.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use tokio::task::JoinSet;
    use tokio::time::{sleep, timeout};

    use super::*;

    /// How many seconds it took until each of these had its call.
    async fn seconds(limiter: &Arc<Limiter>, calls: usize) -> Vec<u64> {
        let (start, far) = (Instant::now(), Instant::now() + 60 * MINUTE);
        let mut tasks = JoinSet::new();
        for _ in 0..calls {
            let limiter = Arc::clone(limiter);
            tasks.spawn(async move { limiter.wait(far).await.map(|()| start.elapsed().as_secs()) });
        }
        tasks.join_all().await.into_iter().map(|seconds| seconds.expect("a place")).collect()
    }

    #[tokio::test(start_paused = true)]
    async fn no_minute_has_more_than_its_calls() {
        let limiter = Arc::new(Limiter::new(3));
        assert_eq!(seconds(&limiter, 2).await, [0, 0]);
        sleep(Duration::from_secs(20)).await;
        assert_eq!(seconds(&limiter, 6).await, [0, 40, 40, 60, 100, 100]);
        sleep(10 * MINUTE).await;
        assert_eq!(seconds(&limiter, 3).await, [0, 0, 0]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_would_be_too_late_is_told_at_once() {
        let limiter = Arc::new(Limiter::new(2));
        let start = Instant::now();
        let mut tasks = JoinSet::new();
        for _ in 0..7 {
            let limiter = Arc::clone(&limiter);
            tasks.spawn(async move {
                (limiter.wait(start + 2 * MINUTE).await, start.elapsed().as_secs())
            });
        }
        let mut told = tasks.join_all().await;
        told.sort_unstable();
        assert_eq!(told[..4], [(Ok(()), 0), (Ok(()), 0), (Ok(()), 60), (Ok(()), 60)]);
        assert_eq!(told[4..], [(Err(2 * MINUTE), 0); 3]);
    }

    #[tokio::test(start_paused = true)]
    async fn who_is_dropped_leaves_no_gap() {
        let limiter = Arc::new(Limiter::new(1));
        assert_eq!(seconds(&limiter, 1).await, [0]);
        let far = Instant::now() + 60 * MINUTE;
        for _ in 0..100 {
            timeout(Duration::from_millis(1), limiter.wait(far)).await.expect_err("waits");
        }
        assert_eq!(seconds(&limiter, 2).await, [59, 119]);
    }
}

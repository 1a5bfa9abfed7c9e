//! Whoever drops a future, at whichever point it waits, leaks nothing, and leaves the client usable.

use std::collections::VecDeque;
use std::future::{Future, IntoFuture, poll_fn};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::Poll;
use std::time::Duration;

use tokio::task::yield_now;
use tokio::time::{Instant, advance, sleep, timeout};
use trigger_core::Trigger;
use trigger_core::report::{App, Instance, Request, Response, Sending, Transport};
use uuid::Uuid;

use crate::{INVOICE, InvoiceDue, SECRET, SITE};

static DUE: InvoiceDue = crate::DUE;

/// How long the slowest request takes, once it is no longer merely polled.
const ANSWERS_IN: Duration = Duration::from_millis(10);

/// A Wix that has an answer wait at several points.
#[derive(Clone, Default)]
struct Slow(Arc<Inner>);

#[derive(Default)]
struct Inner {
    came: AtomicUsize,
    underway: AtomicUsize,
    /// Each request that is under way has a share of this.
    probe: Arc<()>,
    /// The statuses of the next calls, but for those for a token; all is well after them.
    statuses: Mutex<VecDeque<u16>>,
}

/// A request on its way.
struct Underway(Slow);

impl Drop for Underway {
    fn drop(&mut self) {
        self.0.0.underway.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Slow {
    fn new(statuses: &[u16]) -> Self {
        let slow = Self::default();
        slow.0.statuses.lock().expect("nobody panicked").extend(statuses);
        slow
    }

    /// All goes well from now on.
    fn heal(&self) {
        self.0.statuses.lock().expect("nobody panicked").clear();
    }

    fn came(&self) -> usize {
        self.0.came.load(Ordering::SeqCst)
    }

    /// The requests under way, and the references to what they hold.
    fn held(&self) -> (usize, usize) {
        (self.0.underway.load(Ordering::SeqCst), Arc::strong_count(&self.0.probe))
    }

    fn answer(&self, request: &Request) -> (u16, &'static str) {
        if request.uri().path() == "/oauth2/token" {
            return (200, r#"{"access_token":"t","expires_in":14400}"#);
        }
        let status = self.0.statuses.lock().expect("nobody panicked").pop_front();
        (status.unwrap_or(200), "{}")
    }
}

impl Transport for Slow {
    fn send(&self, request: Request) -> Sending<'_> {
        // Not all take the same number of polls, so that calls that start together drift apart.
        let yields = 2 + self.0.came.fetch_add(1, Ordering::SeqCst) % 3;
        self.0.underway.fetch_add(1, Ordering::SeqCst);
        let held = (Underway(self.clone()), Arc::clone(&self.0.probe));
        Box::pin(async move {
            let _held = held;
            for _ in 0..yields {
                yield_now().await;
            }
            let (status, body) = self.answer(&request);
            sleep(ANSWERS_IN).await;
            yield_now().await;
            let mut response = Response::new(body.as_bytes().to_vec());
            *response.status_mut() = status.try_into().expect("a status");
            Ok(response)
        })
    }
}

/// Polls the future up to so many times, with time in between for all that sleeps, and tells
/// whether it finished.
async fn poll_times<F: Future + Unpin>(future: &mut F, times: usize) -> bool {
    for _ in 0..times {
        let polled = poll_fn(|context| Poll::Ready(Pin::new(&mut *future).poll(context)));
        if polled.await.is_ready() {
            return true;
        }
        // As long as the longest wait before a second attempt; a third one takes two of it.
        advance(Duration::from_millis(100)).await;
    }
    false
}

/// Drops the future after 0, 1, 2, … polls, until it finishes, each time with a new app; tells how
/// many polls that took.
async fn drop_at_every_point<F: Future + Unpin>(
    statuses: &[u16],
    start: impl Fn(&Instance) -> F,
) -> usize {
    for polls in 0..1000 {
        let slow = Slow::new(statuses);
        let app = App::builder("an-app", SECRET).transport(slow.clone()).build().expect("an app");
        let site = app.instance(SITE);
        let before = slow.held();
        let mut future = start(&site);
        let has_finished = poll_times(&mut future, polls).await;
        drop(future);
        assert_eq!(slow.held(), before, "after {polls} polls");
        slow.heal();
        still_works(&slow, &site, polls).await;
        if has_finished {
            return polls;
        }
    }
    panic!("it does not finish");
}

/// A report goes well at once, and is all that comes.
async fn still_works(slow: &Slow, site: &Instance, polls: usize) {
    let (came, before, start) = (slow.came(), slow.held(), Instant::now());
    let fresh = timeout(Duration::from_secs(1), DUE.report(site).into_future()).await;
    assert!(matches!(fresh, Ok(Ok(_))), "after {polls} polls: {fresh:?}");
    // One for the token, if that was not fetched before, and one for the report.
    let requests = slow.came() - came;
    assert!((1..=2).contains(&requests), "after {polls} polls: {requests} requests");
    let longest = ANSWERS_IN * 2 + Duration::from_millis(5);
    assert!(start.elapsed() <= longest, "after {polls} polls: {:?}", start.elapsed());
    sleep(Duration::from_mins(2)).await;
    assert_eq!(slow.came() - came, requests, "after {polls} polls, later");
    assert_eq!(slow.held(), before, "after {polls} polls, later");
}

/// A request waits at least at four points: twice before its answer is made, then for it, then once.
const POINTS: usize = 4;

#[tokio::test(start_paused = true)]
async fn a_report() {
    let polls = drop_at_every_point(&[], |site| DUE.report(site).into_future()).await;
    assert!(polls > 2 * POINTS, "{polls}");
}

#[tokio::test(start_paused = true)]
async fn a_report_whose_first_attempt_fails() {
    for statuses in [&[503][..], &[401], &[503, 401, 503]] {
        let polls = drop_at_every_point(statuses, |site| DUE.report(site).into_future()).await;
        assert!(polls > (2 + statuses.len()) * POINTS, "{statuses:?}: {polls}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_cancel() {
    let start = |site: &Instance| InvoiceDue::cancel(site, INVOICE).into_future();
    let polls = drop_at_every_point(&[], start).await;
    assert!(polls > 2 * POINTS, "{polls}");
}

#[tokio::test(start_paused = true)]
async fn a_reschedule() {
    let polls = drop_at_every_point(&[], |site| DUE.reschedule(site).into_future()).await;
    assert!(polls > 3 * POINTS, "{polls}");
}

#[tokio::test(start_paused = true)]
async fn reports_of_many() {
    // Nothing is told of any event, so that all calls are made three times.
    let start = |site: &Instance| {
        let events = (0..250).map(|cents| InvoiceDue { invoice_id: Uuid::from_u128(7), cents });
        InvoiceDue::report_all(site, events.collect::<Vec<_>>()).into_future()
    };
    let polls = drop_at_every_point(&[], start).await;
    assert!(polls > 4 * POINTS, "{polls}");
}

//! What tells the page, at once, that something has changed.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, LazyLock};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::State as Shares;
use axum::response::{IntoResponse, Response};
use hyper::body::{Body as HttpBody, Frame};
use jiff::Timestamp;
use serde_json::json;
use tokio::sync::watch;
use tokio::time::{Instant, sleep, timeout_at};
use uuid::Uuid;

use crate::state::{Running, Shared, State};

/// The least time between two notes: nobody sees more.
const PAUSE: Duration = Duration::from_millis(100);

/// How long one connection is told of changes; the browser connects again by itself. The server closes
/// connections of which nothing comes for longer.
const LIFE: Duration = Duration::from_secs(90);

/// How long the browser waits before it connects again, in milliseconds.
const RETRY: u32 = 500;

/// What a page knows this process by: another one may count from 0 on what this one has counted.
pub(super) fn run() -> Uuid {
    static RUN: LazyLock<Uuid> = LazyLock::new(Uuid::new_v4);
    *RUN
}

/// How far the emulator is. Two that are the same show the same page.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Mark {
    /// Where a clock that stands is: one that goes is not a change.
    at: Option<Timestamp>,
    clock: Running,
    log: (usize, u64),
    refused: u64,
    faults: (usize, u64),
    set_up: (usize, u64),
}

impl Mark {
    pub(crate) fn of(state: &State) -> Self {
        let engine = &state.engine;
        let stands = matches!(state.clock, Running::Frozen);
        Self {
            at: stands.then(|| engine.now()),
            clock: state.clock,
            log: (engine.log().len(), engine.count_reported()),
            refused: state.refused.count(),
            faults: state.faults.count(),
            set_up: (engine.automations().len(), state.set_up),
        }
    }

    /// What a note says: how much there is, so that the page knows what to ask for.
    fn note(&self) -> String {
        let Self { log, refused, faults, set_up, .. } = self;
        let data = json!({
            "run": run(), "events": log.1, "refused": refused, "faults": faults, "setUp": set_up,
        });
        format!("data: {data}\n\n")
    }
}

pub(super) async fn live(Shares(shared): Shares<Arc<Shared>>) -> Response {
    let marks = shared.mark.subscribe();
    // From now on somebody looks; what was before is not known to the mark.
    shared.act(|_| ());
    let notes = Notes::new(marks);
    let headers = [("content-type", "text/event-stream"), ("cache-control", "no-store")];
    (headers, Body::new(notes)).into_response()
}

type Next = Pin<Box<dyn Future<Output = Option<(watch::Receiver<Mark>, String)>> + Send>>;

/// Server-sent events. What a reader does not read is not written: between two notes it may have
/// missed any number of changes, and is told where all stands now. So nothing waits for it.
struct Notes {
    until: Instant,
    next: Option<Next>,
}

impl Notes {
    fn new(mut marks: watch::Receiver<Mark>) -> Self {
        let note = marks.borrow_and_update().note();
        let first = format!("retry: {RETRY}\n{note}");
        let next: Next = Box::pin(std::future::ready(Some((marks, first))));
        Self { until: Instant::now() + LIFE, next: Some(next) }
    }
}

/// The next note, unless the time is over before.
async fn next(
    mut marks: watch::Receiver<Mark>,
    until: Instant,
) -> Option<(watch::Receiver<Mark>, String)> {
    sleep(PAUSE).await;
    timeout_at(until, marks.changed()).await.ok()?.ok()?;
    let note = marks.borrow_and_update().note();
    Some((marks, note))
}

impl HttpBody for Notes {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let Some(future) = &mut self.next else { return Poll::Ready(None) };
        let note = ready!(future.as_mut().poll(context));
        let Some((marks, note)) = note else {
            self.next = None;
            return Poll::Ready(None);
        };
        let until = self.until;
        self.next = Some(Box::pin(next(marks, until)));
        Poll::Ready(Some(Ok(Frame::data(note.into()))))
    }
}

use std::panic::resume_unwind;
use std::sync::Arc;
use std::time::Duration;

use events::EventStarting;
use jiff::ToSpan;
use trigger_core::report::{App, Request, Response, Sending, Transport};
use trigger_emulator::Fault;
use uuid::Uuid;

use tokio::sync::{Semaphore, mpsc};
use tokio::time::timeout;

use crate::deliveries::{EVENT, MARCH_20, MARCH_27, OTHER_EVENT, canceled, published};
use crate::running::{FOR_EVER, Running, reporter, wix};

#[tokio::test]
async fn what_fails_for_a_while_is_reported_when_that_is_over() {
    let statuses = [503, 429, 401, 403, 404, 428, 400].map(Fault::status);
    for fault in statuses.into_iter().chain([Fault::cut_before(), Fault::cut_after()]) {
        let wix = wix().await;
        let mut app = Running::on(&wix).await;
        wix.inject(fault);
        assert_eq!(app.post(published(MARCH_20).signed()).await, 200);
        for _ in 0..3 {
            app.until("tried again").await;
        }
        wix.clear_faults();
        app.until("reported").await;
        wix.clock().advance(4.weeks());
        wix.expect_action("Reminder").for_entity(EVENT).times(1);
    }
}

/// The cancel goes well, and of the report the answer alone is lost: Wix knows the key of the second
/// one, and ignores it.
#[tokio::test]
async fn a_report_whose_answer_was_lost_is_not_doubled() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    wix.inject(Fault::cut_after().probability(0.5, SEED).times(1));
    app.post(published(MARCH_20).signed()).await;
    app.until("tried again").await;
    wix.expect_event::<EventStarting>().for_entity(EVENT).times(1);
    app.until("reported").await;
    wix.expect_event::<EventStarting>().for_entity(EVENT).times(1);
    wix.clock().advance(4.weeks());
    wix.expect_action("Reminder").for_entity(EVENT).times(1);
}

/// No schema takes a date of such a year, and no answer of Wix could mend it.
#[tokio::test]
async fn what_can_never_go_well_is_told_with_its_event_and_holds_nothing_up() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    assert_eq!(app.post(published("-000044-03-15T12:00:00Z").signed()).await, 200);
    let line = app.until("given up").await;
    assert!(line.contains(&EVENT.to_string()) && line.contains("payload schema"), "{line}");
    assert_eq!(app.post(published(MARCH_20).signed()).await, 200);
    app.until("reported").await;
}

/// What it panics at is told before it does, so that the lines are there to wait for.
#[tokio::test]
async fn whoever_is_told_may_panic_and_nothing_is_lost() {
    let wix = wix().await;
    let (tell, mut told) = mpsc::unbounded_channel();
    let app = Running::with(reporter(&wix), |settings| {
        settings.tell(move |line| {
            drop(tell.send(line.to_owned()));
            // As a panic, without its message.
            resume_unwind(Box::new(()));
        })
    });
    let app = app.await;
    let mut next = async || timeout(FOR_EVER, told.recv()).await.expect("a line").expect("a line");
    wix.inject(Fault::status(503).times(1));
    assert_eq!(app.post(published(MARCH_20).sequence(1).signed()).await, 200);
    assert!(next().await.contains("tried again"));
    assert!(next().await.contains("reported for 2026-03-20"));
    assert_eq!(app.post(published(MARCH_27).sequence(2).signed()).await, 200);
    assert!(next().await.contains("reported for 2026-03-27"));
    assert_eq!(app.post("hello").await, 400);
    assert!(next().await.contains("refused"));
    assert_eq!(app.post(canceled().sequence(3).signed()).await, 200);
    assert!(next().await.contains("canceled"));
    assert!(app.stop().await.is_empty());
    wix.expect_nothing_pending(EVENT);
}

/// An event that is canceled while its report waits to be tried again needs none: it is not waited
/// for the hour.
#[tokio::test]
async fn a_later_delivery_takes_the_place_of_one_that_fails() {
    let wix = wix().await;
    let hour = Duration::from_hours(1);
    let mut app = Running::with(reporter(&wix), |settings| settings.waits(hour, hour)).await;
    wix.inject(Fault::status(503).times(1));
    app.post(published(MARCH_20).sequence(1).signed()).await;
    app.until("tried again in 3600s").await;
    app.post(canceled().sequence(2).signed()).await;
    app.until("canceled: it is canceled").await;
    wix.expect_no_event::<EventStarting>();
    assert!(app.stop().await.is_empty());
}

/// Many events, each with its share of failures of all kinds.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_or_doubled_while_calls_fail_at_random() {
    let wix = wix().await;
    let app = Running::on(&wix).await;
    wix.inject(Fault::status(503).probability(0.3, 1));
    wix.inject(Fault::cut_before().probability(0.3, 2));
    wix.inject(Fault::cut_after().probability(0.3, 3));
    let events: Vec<_> = (1..=40).map(Uuid::from_u128).collect();
    for (sequence, date) in [(1, MARCH_20), (2, MARCH_27)] {
        for event in &events {
            let delivery = published(date).of(*event).sequence(sequence).signed();
            assert_eq!(app.post(delivery).await, 200);
        }
    }
    let canceled_event = events[0];
    app.post(canceled().of(canceled_event).sequence(3).signed()).await;
    assert!(app.stop().await.is_empty());
    wix.clock().advance(4.weeks());
    wix.expect_nothing_ran(canceled_event);
    for event in &events[1..] {
        let reminder = wix.expect_action("Reminder").for_entity(*event).times(1);
        assert_eq!(reminder.at(), ["2026-03-25T18:00:00Z".parse().expect("a time")]);
    }
}

/// A seed that passes the first call, which cancels, and strikes the second, which reports.
const SEED: u64 = 0;

/// Holds calls until it is let go, and answers them as if no automation used the trigger.
pub(crate) struct Held {
    called: mpsc::UnboundedSender<String>,
    gate: Arc<Semaphore>,
}

/// A transport, the paths of its calls, once they are there, and what lets them go.
pub(crate) fn held() -> (Held, mpsc::UnboundedReceiver<String>) {
    let (called, calls) = mpsc::unbounded_channel();
    (Held { called, gate: Arc::new(Semaphore::new(0)) }, calls)
}

impl Held {
    pub(crate) fn gate(&self) -> Arc<Semaphore> {
        Arc::clone(&self.gate)
    }

    pub(crate) fn app(self) -> App {
        let app = App::builder("an-app", "not-a-secret").transport(self);
        app.build().expect("an app")
    }
}

impl Transport for Held {
    fn send(&self, request: Request) -> Sending<'_> {
        Box::pin(async move {
            let path = request.uri().path();
            if path == "/oauth2/token" {
                let token = br#"{"access_token":"a-token","expires_in":14400}"#;
                return Ok(Response::new(token.to_vec()));
            }
            drop(self.called.send(path.to_owned()));
            drop(self.gate.acquire().await);
            Ok(Response::new(b"{}".to_vec()))
        })
    }
}

#[tokio::test]
async fn a_delivery_is_answered_while_the_call_to_wix_hangs() {
    let (transport, mut calls) = held();
    let gate = transport.gate();
    let mut app = Running::with(transport.app(), |settings| settings).await;
    assert_eq!(app.post(published(MARCH_20).sequence(1).signed()).await, 200);
    assert_eq!(calls.recv().await.as_deref(), Some("/automations/v1/events/cancel"));
    // The call hangs, and others are answered, of the same event too.
    assert_eq!(app.post(published(MARCH_27).sequence(2).signed()).await, 200);
    assert_eq!(app.post(published(MARCH_20).of(OTHER_EVENT).signed()).await, 200);
    assert_eq!(calls.recv().await.as_deref(), Some("/automations/v1/events/cancel"));
    // One for each event, and none for the second delivery of the first.
    assert!(calls.is_empty());
    gate.add_permits(1);
    for _ in 0..3 {
        app.until("reported").await;
    }
}

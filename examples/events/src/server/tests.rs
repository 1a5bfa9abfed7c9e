//! The work of an office on a clock that is turned, so that two days take no time.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::time::Duration;

use serde_json::json;
use tokio::sync::{Semaphore, mpsc};
use tokio::time::{Instant, sleep, timeout_at};
use trigger_core::report::{App, AppBuilder, Request, Response, Sending, Transport};
use trigger_core::webhook::Webhooks;
use uuid::Uuid;

use super::backlog::Refused;
use super::change::{Change, EventKey, Moment, Wanted};
use super::{Office, Settings};
use crate::triggers::{EventId, EventStarting};

const KEY: &str = include_str!("../../../../trigger-core/tests/webhook/keys/signer.public.pem");

const SITE: Uuid = Uuid::from_u128(0xb001);
const OTHER_SITE: Uuid = Uuid::from_u128(0xb002);
const MARCH_20: &str = "2026-03-20T18:00:00Z";
const MARCH_27: &str = "2026-03-27T18:00:00Z";

/// Longer than anything is tried, on the clock that is turned.
const FOR_EVER: Duration = Duration::from_hours(100);

/// Answers each call with a status, which it has of the call's path and body.
struct Answers<A> {
    status: A,
    called: mpsc::UnboundedSender<String>,
    gate: Arc<Semaphore>,
}

impl<A: Fn(&str) -> u16 + Send + Sync + 'static> Transport for Answers<A> {
    fn send(&self, request: Request) -> Sending<'_> {
        Box::pin(async move {
            let path = request.uri().path().to_owned();
            let call = format!("{path} {}", String::from_utf8_lossy(request.body()));
            let status = (self.status)(&call);
            if path != "/oauth2/token" {
                drop(self.called.send(path));
                drop(self.gate.acquire().await);
            }
            let body = br#"{"access_token":"a-token","expires_in":14400}"#;
            let mut response = Response::new(body.to_vec());
            *response.status_mut() = status.try_into().expect("a status");
            Ok(response)
        })
    }
}

struct Running {
    office: Arc<Office>,
    told: mpsc::UnboundedReceiver<String>,
    calls: mpsc::UnboundedReceiver<String>,
    /// What holds the calls, until it has a permit.
    gate: Arc<Semaphore>,
}

impl Running {
    fn on(status: impl Fn(&str) -> u16 + Send + Sync + 'static) -> Self {
        Self::with(status, |app| app, |settings| settings)
    }

    fn with(
        status: impl Fn(&str) -> u16 + Send + Sync + 'static,
        app: impl FnOnce(AppBuilder) -> AppBuilder,
        set: impl FnOnce(Settings) -> Settings,
    ) -> Self {
        let (called, calls) = mpsc::unbounded_channel();
        let gate = Arc::new(Semaphore::new(1));
        let answers = Answers { status, called, gate: Arc::clone(&gate) };
        let builder = App::builder("an-app", "not-a-secret").attempts(1).transport(answers);
        let app = app(builder.calls_per_minute(u32::MAX)).build().expect("an app");
        let (tell, told) = mpsc::unbounded_channel();
        let settings = Settings::new(app, Webhooks::new(KEY).expect("a key"))
            .tell(move |line| drop(tell.send(line.to_owned())));
        Self { office: Office::new(set(settings)), told, calls, gate }
    }

    fn publish(&self, site: Uuid, event: u128, starts_at: &str) -> Result<(), Refused> {
        let event_id = EventId(Uuid::from_u128(event));
        let body = json!({ "dateAndTimeSettings": { "startDate": starts_at } });
        let event = serde_json::from_value(body).expect("an event");
        let starting = EventStarting::of(&event, event_id).expect("starts");
        let key = EventKey { site, event: event_id };
        let wanted = Wanted::Start(Box::new(starting));
        self.office.take(Ok(Change { key, moment: Moment::default(), wanted }))
    }

    /// Waits for a line that has these words, past others.
    async fn until(&mut self, words: &str) -> String {
        let (mut others, end) = (Vec::new(), Instant::now() + FOR_EVER);
        while let Ok(Some(line)) = timeout_at(end, self.told.recv()).await {
            if line.contains(words) {
                return line;
            }
            others.push(line);
        }
        panic!("nothing told of {words:?}, but of {others:#?}");
    }
}

/// The cancel went well, so that nothing is scheduled: what was, is news again.
#[tokio::test(start_paused = true)]
async fn what_has_failed_for_two_days_is_given_up_and_what_it_canceled_is_news() {
    let is_refused = Arc::new(AtomicBool::new(false));
    let refused = Arc::clone(&is_refused);
    let mut app = Running::on(move |call| {
        if refused.load(Relaxed) && call.starts_with("/automations/v1/events/report") {
            404
        } else {
            200
        }
    });
    assert_eq!(app.publish(SITE, 1, MARCH_20), Ok(()));
    app.until("reported for 2026-03-20").await;
    is_refused.store(true, Relaxed);
    let begun = Instant::now();
    assert_eq!(app.publish(SITE, 1, MARCH_27), Ok(()));
    for wait in ["1s", "2s", "4s", "8s", "16s", "32s", "64s", "128s", "256s", "300s", "300s"] {
        app.until(&format!("tried again in {wait}")).await;
    }
    let line = app.until("given up").await;
    assert!(line.contains("404") && line.contains(&Uuid::from_u128(1).to_string()), "{line}");
    // On the clock that is turned, which nothing but a wait moves.
    let days = begun.elapsed().as_secs() / 86_400;
    assert_eq!(days, 2);
    app.office.backlog.emptied().await;

    is_refused.store(false, Relaxed);
    assert_eq!(app.publish(SITE, 1, MARCH_20), Ok(()));
    app.until("reported for 2026-03-20").await;
}

#[tokio::test(start_paused = true)]
async fn an_event_that_is_refused_whatever_wix_answers_is_given_up_at_once() {
    let mut app = Running::with(|_| 200, AppBuilder::refuse_past_dates, |settings| settings);
    for date in ["1999-01-01T00:00:00Z", "-000044-03-15T12:00:00Z"] {
        assert_eq!(app.publish(SITE, 1, date), Ok(()));
        let line = app.told.recv().await.expect("a line");
        assert!(line.contains("given up: "), "{line}");
        app.office.backlog.emptied().await;
    }
    assert!(app.calls.is_empty(), "nothing was sent");
}

/// The news of a change that joined during a call is old when that change is taken up.
#[tokio::test(start_paused = true)]
async fn a_change_that_joined_during_a_call_does_not_cut_the_next_wait_short() {
    let calls = AtomicUsize::new(0);
    let mut app = Running::on(move |call| {
        let is_third = !call.starts_with("/oauth2/") && calls.fetch_add(1, Relaxed) == 2;
        if is_third { 503 } else { 200 }
    });
    let held = Arc::clone(&app.gate).acquire_owned().await.expect("is open");
    assert_eq!(app.publish(SITE, 1, MARCH_20), Ok(()));
    app.calls.recv().await.expect("a call, which hangs");
    assert_eq!(app.publish(SITE, 1, MARCH_27), Ok(()));
    drop(held);
    app.until("tried again in 1s").await;
    sleep(Duration::from_millis(999)).await;
    assert!(app.told.is_empty(), "the wait is not over");
    app.until("reported for 2026-03-27").await;
}

/// The app was removed there, and gets no token any more.
#[tokio::test(start_paused = true)]
async fn a_site_that_is_refused_does_not_stop_the_others() {
    let status = |call: &str| if call.contains(&SITE.to_string()) { 401 } else { 200 };
    let mut app = Running::with(status, |app| app, |settings| settings.room(8));
    let taken = (1..=8).filter(|event| app.publish(SITE, *event, MARCH_20).is_ok()).count();
    assert_eq!(taken, 4);
    assert_eq!(app.publish(SITE, 8, MARCH_20), Err(Refused::SiteFull { events: 4 }));
    // One that has work already takes no more room.
    assert_eq!(app.publish(SITE, 1, MARCH_27), Ok(()));
    for event in 1..=8 {
        assert_eq!(app.publish(OTHER_SITE, event, MARCH_20), Ok(()));
        let line = app.until("reported").await;
        assert!(line.contains(&OTHER_SITE.to_string()), "{line}");
    }
    for _ in 0..taken {
        app.until("given up after two days").await;
    }
    app.office.backlog.emptied().await;
    assert_eq!(app.publish(SITE, 9, MARCH_20), Ok(()));
}

#[tokio::test(start_paused = true)]
async fn each_site_leaves_as_much_room_as_it_takes() {
    let app = Running::with(|_| 401, |app| app, |settings| settings.room(100));
    let taken = |site| {
        let site = Uuid::from_u128(site);
        (1..=100).filter(|event| app.publish(site, *event, MARCH_20).is_ok()).count()
    };
    assert_eq!((1..=7).map(taken).collect::<Vec<_>>(), [50, 25, 13, 6, 3, 2, 1]);
    assert_eq!(app.publish(SITE, 1, MARCH_20), Err(Refused::Full { room: 100 }));
}

//! Many events and cancels at once.

use std::time::Duration;

use serde::Serialize;
use serde_json::{Value, json};
use tokio::time::Instant;
use trigger_core::Trigger;
use trigger_core::report::{
    App, CallError, IdempotencyKey, Outcomes, ReportError, Reported, TransportError,
};
use uuid::Uuid;

use crate::wix::{Came, Fate, Wix};
use crate::{InvoiceDue, SECRET, SITE, site};

const REPORTS: &str = "/automations/v1/events/bulk-report";
const CANCELS: &str = "/automations/v1/events/bulk-cancel";

/// No places.
const NONE: [usize; 0] = [];

fn due(number: u32) -> InvoiceDue {
    InvoiceDue { invoice_id: Uuid::from_u128(number.into()), cents: number }
}

fn dues(many: u32) -> Vec<InvoiceDue> {
    (0..many).map(due).collect()
}

/// Reports this many, whose keys are their numbers.
async fn report(wix: &Wix, many: u32) -> Outcomes<Reported, ReportError> {
    let reports = InvoiceDue::report_all(&site(wix), dues(many));
    reports.idempotency_keys(|event| key(event.cents)).await
}

fn key(number: u32) -> IdempotencyKey {
    IdempotencyKey::new(number.to_string()).expect("a key")
}

async fn cancel(wix: &Wix, many: u32) -> Outcomes<(), CallError> {
    let ids = (0..many).map(|number| Uuid::from_u128(number.into()));
    InvoiceDue::cancel_all(&site(wix), ids).await
}

/// The keys of a call's events.
fn keys(came: &Came) -> Vec<&str> {
    let events = came.body["eventsInfo"].as_array().expect("events");
    events.iter().map(|event| event["idempotency"]["key"].as_str().expect("a key")).collect()
}

/// The ids of a call's cancels, as numbers.
fn ids(came: &Came) -> Vec<u128> {
    let ids = came.body["externalEntityIds"].as_array().expect("ids");
    let ids = ids.iter().map(|id| id.as_str().expect("an id").parse::<Uuid>().expect("a UUID"));
    ids.map(|id| id.as_u128()).collect()
}

fn good(index: i64) -> Value {
    let metadata = json!({ "originalIndex": index, "success": true });
    json!({ "itemMetadata": metadata, "activationIds": [format!("at {index}")] })
}

fn bad(index: i64, code: &str) -> Value {
    let error = json!({ "code": code, "description": "D", "data": { "a": 1 } });
    json!({ "itemMetadata": { "originalIndex": index, "success": false, "error": error } })
}

fn results(results: &[Value]) -> Fate {
    Fate::body(200, &json!({ "triggerKey": "invoice_due", "results": results }))
}

fn places<O, E>(outcomes: &Outcomes<O, E>) -> Vec<usize> {
    outcomes.failed().map(|(index, _)| index).collect()
}

#[tokio::test(start_paused = true)]
async fn any_number_is_cut_into_calls_of_a_hundred() {
    for (many, calls) in [(0, vec![]), (1, vec![1]), (100, vec![100]), (101, vec![100, 1])] {
        let wix = Wix::default();
        let outcomes = report(&wix, many).await;
        assert_eq!(outcomes.len(), many as usize);
        assert_eq!(outcomes.failed().count(), 0);
        assert_eq!(wix.came().iter().map(|came| keys(came).len()).collect::<Vec<_>>(), calls);
        assert!(wix.came().iter().all(|came| came.path == REPORTS));

        let wix = Wix::default();
        let outcomes = cancel(&wix, many).await;
        assert_eq!((outcomes.len(), outcomes.failed().count()), (many as usize, 0));
        assert_eq!(wix.came().iter().map(|came| ids(came).len()).collect::<Vec<_>>(), calls);
        assert!(wix.came().iter().all(|came| came.path == CANCELS));
    }
}

#[tokio::test(start_paused = true)]
async fn outcomes_are_in_the_order_given_whatever_answers_first() {
    let late = |seconds| Fate::Late(Duration::from_secs(seconds), Box::new(Fate::Well));
    let wix = Wix::default().calls([late(3), late(2), late(1)]);
    let outcomes = report(&wix, 250).await;
    assert_eq!(wix.came().iter().map(|came| keys(came).len()).collect::<Vec<_>>(), [100, 100, 50]);
    assert_eq!(outcomes.len(), 250);
    for (number, outcome) in (0..).zip(outcomes) {
        let reported = outcome.expect("goes well");
        assert_eq!(reported.idempotency_key, key(number));
        assert_eq!(reported.activation_ids.told(), [format!("of {number}")]);
    }
}

#[tokio::test(start_paused = true)]
async fn each_event_has_a_random_key_of_its_own() {
    let wix = Wix::default().calls([Fate::status(503)]);
    // Borrowed, this time.
    let outcomes = InvoiceDue::report_all(&site(&wix), &dues(3)).await;
    let came = wix.came();
    assert_eq!(came.len(), 2);
    assert_eq!(came[0].body, came[1].body);
    let mut sent = keys(&came[0]);
    let told: Vec<_> = outcomes.into_iter().map(|it| it.expect("well").idempotency_key).collect();
    assert_eq!(told.iter().map(IdempotencyKey::as_str).collect::<Vec<_>>(), sent);
    sent.sort_unstable();
    sent.dedup();
    assert_eq!(sent.len(), 3);
}

#[tokio::test(start_paused = true)]
async fn what_failed_is_tried_again_alone_with_the_same_keys() {
    let first = results(&[bad(3, "INTERNAL"), good(0), good(2), bad(1, "UNKNOWN"), good(4)]);
    let wix = Wix::default().calls([first, results(&[bad(0, "INTERNAL"), good(1)])]);
    let outcomes = report(&wix, 5).await;
    assert_eq!(places(&outcomes), NONE);
    let came = wix.came();
    assert_eq!(came.len(), 3);
    assert_eq!(keys(&came[1]), ["1", "3"]);
    assert_eq!(keys(&came[2]), ["1"]);
    assert_eq!(came[2].body["eventsInfo"][0], came[0].body["eventsInfo"][1]);
    let told =
        outcomes.iter().map(|it| it.as_ref().expect("well").activation_ids.told()[0].clone());
    assert_eq!(told.collect::<Vec<_>>(), ["at 0", "of 1", "at 2", "at 1", "at 4"]);

    let first = results(&[good(0), bad(1, "INTERNAL"), good(2)]);
    let wix = Wix::default().calls([first]);
    assert_eq!(places(&cancel(&wix, 3).await), NONE);
    assert_eq!(wix.came().iter().map(ids).collect::<Vec<_>>(), [vec![0, 1, 2], vec![1]]);
}

#[tokio::test(start_paused = true)]
async fn what_fails_again_and_again_is_given_up_after_three_attempts() {
    let one = results(&[bad(0, "INTERNAL")]);
    let wix =
        Wix::default().calls([results(&[good(0), bad(1, "INTERNAL")]), one.clone(), one.clone()]);
    let start = Instant::now();
    let outcomes = report(&wix, 2).await;
    assert_eq!((places(&outcomes), wix.came().len()), (vec![1], 3));
    assert!(start.elapsed() <= Duration::from_millis(100 + 200 + 2));
    let (_, failed) = outcomes.failed().next().expect("one");
    let CallError::Failed(refusal) = &failed.error else { panic!("{failed:?}") };
    assert_eq!((&*refusal.code, &*refusal.description), ("INTERNAL", "D"));
    assert_eq!(refusal.data, Some(json!({ "a": 1 })));
    assert!(failed.is_retryable());
    assert_eq!(failed.request_id(), Some("request-1"));
    assert_eq!(failed.idempotency_key, key(1));

    // Each has an error of its own.
    let two = results(&[bad(2, "UNKNOWN"), bad(0, "INTERNAL")]);
    let wix = Wix::default().calls([two.clone(), two.clone(), two]);
    let outcomes = cancel(&wix, 3).await;
    let told = outcomes.iter().map(|outcome| match outcome {
        Err(CallError::Failed(refusal)) => refusal.code.as_str(),
        Err(CallError::Unacknowledged { .. }) => "not mentioned",
        other => panic!("{other:?}"),
    });
    assert_eq!(told.collect::<Vec<_>>(), ["INTERNAL", "not mentioned", "UNKNOWN"]);

    // The attempts are those of the call, whatever it is that fails.
    let wix = Wix::default().calls([Fate::status(503), one, Fate::status(503)]);
    let outcomes = cancel(&wix, 1).await;
    assert_eq!(wix.came().len(), 3);
    assert!(matches!(outcomes[0], Err(CallError::Unavailable { status: 503, .. })), "{outcomes:?}");
}

#[tokio::test(start_paused = true)]
async fn what_would_fail_again_is_not_tried_again() {
    for code in ["REQUIRED_PROPERTY", "SCHEMA_VALIDATION_FAILED", "PERMISSION_DENIED"] {
        let wix = Wix::default().calls([results(&[good(0), bad(1, code), bad(2, "INTERNAL")])]);
        let outcomes = report(&wix, 3).await;
        assert_eq!(wix.came().iter().map(|came| keys(came).len()).collect::<Vec<_>>(), [3, 1]);
        assert_eq!(places(&outcomes), [1]);
        let Err(failed) = &outcomes[1] else { panic!("{code}") };
        let CallError::Refused(refusal) = &failed.error else { panic!("{failed:?}") };
        assert_eq!((refusal.status, &*refusal.code), (200, code));
        assert!(!failed.is_retryable());

        let wix = Wix::default().calls([results(&[bad(0, code)])]);
        let outcomes = cancel(&wix, 1).await;
        assert_eq!((wix.came().len(), places(&outcomes)), (1, vec![0]));
    }
}

#[tokio::test(start_paused = true)]
async fn what_the_answer_does_not_mention_is_tried_again() {
    let wix = Wix::default().calls([results(&[good(0), good(2)])]);
    assert_eq!(places(&report(&wix, 4).await), NONE);
    assert_eq!(keys(&wix.came()[1]), ["1", "3"]);

    let empty = Fate::body(200, &json!({}));
    let wix = Wix::default().calls([results(&[good(0)]), empty.clone(), empty]);
    let outcomes = cancel(&wix, 2).await;
    assert_eq!((places(&outcomes), wix.came().len()), (vec![1], 3));
    let Err(failed @ CallError::Unacknowledged { .. }) = &outcomes[1] else {
        panic!("{outcomes:?}");
    };
    assert!(failed.is_retryable());
    assert_eq!(failed.request_id(), Some("request-1"));
}

#[tokio::test(start_paused = true)]
async fn results_that_fit_nothing_are_not_believed() {
    let wix = Wix::default().calls([results(&[
        bad(-1, "NOT_FOUND"),
        bad(3, "NOT_FOUND"),
        // It is not the first, and not about the one at its place.
        json!({ "itemMetadata": { "success": true } }),
        bad(i64::MAX, "NOT_FOUND"),
        good(1),
        bad(1, "NOT_FOUND"),
        bad(0, "NOT_FOUND"),
        good(0),
        json!({}),
    ])]);
    let outcomes = report(&wix, 3).await;
    assert_eq!(places(&outcomes), [0]);
    assert_eq!(keys(&wix.came()[1]), ["2"]);
    assert_eq!(outcomes[1].as_ref().expect("well").activation_ids.told(), ["at 1"]);
}

/// As JSON that is made of protobuf may.
#[tokio::test(start_paused = true)]
async fn the_first_result_may_leave_its_zero_out() {
    let first = json!({ "itemMetadata": { "success": true }, "activationIds": ["first"] });
    let wix = Wix::default().calls([results(&[first, good(1)])]);
    let outcomes = report(&wix, 2).await;
    assert_eq!((places(&outcomes), wix.came().len()), (vec![], 1));
    assert_eq!(outcomes[0].as_ref().expect("well").activation_ids.told(), ["first"]);
}

#[tokio::test(start_paused = true)]
async fn a_failure_without_a_reason_is_tried_again() {
    let wix = Wix::default().calls([results(&[json!({ "itemMetadata": { "originalIndex": 0 } })])]);
    assert_eq!(places(&report(&wix, 1).await), NONE);
    assert_eq!(wix.came().len(), 2);

    let silent = results(&[json!({ "itemMetadata": { "originalIndex": 0 } })]);
    let wix = Wix::default().calls([silent.clone(), silent.clone(), silent]);
    let outcomes = cancel(&wix, 1).await;
    let failed = outcomes[0].as_ref().expect_err("fails");
    assert_eq!(failed.to_string(), "Wix could not process this one, and does not say why");
}

#[tokio::test(start_paused = true)]
async fn a_call_that_is_refused_fails_all_that_went_in_it() {
    let violation = json!({ "field": "eventsInfo", "description": "D" });
    let body = json!({ "details": { "validationError": { "fieldViolations": [violation] } } });
    let wix = Wix::default().calls([Fate::body(400, &body)]);
    let outcomes = report(&wix, 102).await;
    assert_eq!(wix.came().len(), 2);
    assert_eq!(places(&outcomes), (0..100).collect::<Vec<_>>());
    for (number, (_, failed)) in (0..).zip(outcomes.failed()) {
        assert!(matches!(failed.error, CallError::Fields { .. }), "{failed:?}");
        assert!(!failed.is_retryable());
        assert_eq!(failed.request_id(), Some("request-1"));
        assert_eq!(failed.idempotency_key, key(number));
    }
}

#[tokio::test(start_paused = true)]
async fn what_a_call_fails_with_each_of_its_items_fails_with() {
    let garbage = Fate::Answer { status: 200, headers: vec![], body: "garbage".to_owned() };
    for (fates, calls) in [(vec![Fate::Cut; 3], 3), (vec![garbage], 1)] {
        let wix = Wix::default().calls(fates);
        let outcomes = report(&wix, 2).await;
        assert_eq!((places(&outcomes), wix.came().len()), (vec![0, 1], calls));
        for (_, failed) in outcomes.failed() {
            let error = &failed.error;
            let expected = match calls {
                3 => matches!(error, CallError::Transport(TransportError::Connection(_))),
                _ => matches!(error, CallError::Answer { .. }),
            };
            assert!(expected && failed.is_retryable(), "{error:?}");
        }
    }
}

/// The last word on an item is that of the last answer, unless the attempt after it failed.
#[tokio::test(start_paused = true)]
async fn the_deadline_holds_for_the_items_that_failed_too() {
    let one = Fate::Late(Duration::from_secs(3), Box::new(results(&[bad(0, "INTERNAL")])));
    let wix = Wix::default().calls([one.clone(), one]);
    let app = App::builder("an-app", SECRET).transport(wix.clone()).attempts(9);
    let site = app.deadline(Duration::from_secs(5)).build().expect("an app").instance(SITE);
    let start = Instant::now();
    let outcomes = InvoiceDue::report_all(&site, [due(1)]).await;
    assert_eq!((start.elapsed().as_secs(), wix.came().len()), (5, 2));
    let [Err(failed)] = &outcomes[..] else { panic!("{outcomes:?}") };
    assert!(matches!(failed.error, CallError::Deadline { last: Some(_) }), "{failed:?}");
}

/// An attempt that was never sent leaves the last word where it was.
#[tokio::test(start_paused = true)]
async fn what_was_not_sent_again_keeps_what_was_told_of_it() {
    let wix = Wix::default().calls([results(&[bad(0, "BUSY")])]);
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(1);
    let site = app.deadline(Duration::from_secs(30)).build().expect("an app").instance(SITE);
    let outcomes = InvoiceDue::report_all(&site, [due(1)]).await;
    assert_eq!(wix.came().len(), 1);
    let [Err(failed)] = &outcomes[..] else { panic!("{outcomes:?}") };
    let CallError::Failed(refusal) = &failed.error else { panic!("{failed:?}") };
    assert_eq!(refusal.code, "BUSY");
}

/// A call of a hundred is tried again within the shortest time of its own.
#[tokio::test(start_paused = true)]
async fn a_short_time_to_live_holds_for_its_own_call() {
    let wix = Wix::default().calls(vec![Fate::retry_after(503, "5"); 2]);
    let short = |event: &InvoiceDue| (event.cents == 0).then_some(Duration::from_secs(4));
    let outcomes = InvoiceDue::report_all(&site(&wix), (0..150).map(due)).ttls(short).await;
    assert_eq!(places(&outcomes), (0..100).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn four_calls_are_under_way_at_once() {
    let wix = Wix::default().slow(Duration::from_secs(1));
    let start = Instant::now();
    assert_eq!(places(&report(&wix, 950).await), NONE);
    assert_eq!((wix.most_at_once(), wix.came().len()), (4, 10));
    // One for the token, and three for four, four and two.
    assert_eq!(start.elapsed().as_secs(), 4);

    let wix = Wix::default().slow(Duration::from_secs(1));
    assert_eq!(places(&cancel(&wix, 950).await), NONE);
    assert_eq!((wix.most_at_once(), wix.came().len()), (4, 10));
}

#[tokio::test(start_paused = true)]
async fn two_events_have_two_keys() {
    let wix = Wix::default();
    let all = InvoiceDue::report_all(&site(&wix), dues(3)).idempotency_keys(|_| key(0));
    let outcomes = all.await;
    assert_eq!(places(&outcomes), [1, 2]);
    assert!(outcomes.failed().all(|(_, failed)| matches!(failed.error, CallError::SharedKey)));
    assert_eq!(wix.came().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_counts_as_one_of_the_minutes() {
    let wix = Wix::default();
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(2);
    let site = app.build().expect("an app").instance(SITE);
    let start = Instant::now();
    assert_eq!(places(&InvoiceDue::report_all(&site, dues(200)).await), NONE);
    assert!(start.elapsed() < Duration::from_secs(1));
    assert_eq!(places(&InvoiceDue::report_all(&site, dues(100)).await), NONE);
    assert_eq!(start.elapsed().as_secs(), 60);
}

/// A reading of a sensor, which may fail.
#[derive(Serialize, Trigger)]
#[trigger(key = "measured", name = "Measured")]
struct Measured {
    degrees: f64,
}

#[tokio::test(start_paused = true)]
async fn what_does_not_fit_fails_alone() {
    let wix = Wix::default();
    let events = [1.0, f64::NAN, 3.0].map(|degrees| Measured { degrees });
    let reports = Measured::report_all(&site(&wix), events.iter().rev().chain(&events));
    let outcomes = reports.external_entity_ids(|_| Uuid::from_u128(5)).await;
    assert_eq!(places(&outcomes), [1, 4]);
    for (_, failed) in outcomes.failed() {
        assert!(matches!(failed.error, CallError::Payload(_)), "{failed:?}");
    }
    let sent = wix.came()[0].body["eventsInfo"].clone();
    let degrees = [0, 1, 2, 3].map(|index| sent[index]["payload"]["degrees"].as_f64());
    assert_eq!(degrees, [3.0, 1.0, 1.0, 3.0].map(Some));
    assert_eq!(sent[3]["externalEntityId"], Uuid::from_u128(5).to_string());
    assert_eq!(
        outcomes[5].as_ref().expect("well").idempotency_key.as_str(),
        keys(&wix.came()[0])[3]
    );
    assert_eq!(keys(&wix.came()[0]).len(), 4);

    // Where none fits, there is no call.
    let wix = Wix::default();
    assert_eq!(places(&Measured::report_all(&site(&wix), [&events[1]]).await), [0]);
    assert_eq!(wix.came().len(), 0);
}

#[test]
fn outside_of_a_runtime_all_fail() {
    let wix = Wix::default();
    let mut all = std::pin::pin!(report(&wix, 101));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(outcomes) = all.as_mut().poll(&mut context) else {
        panic!("it waits");
    };
    assert_eq!(outcomes.failed().count(), 101);
    assert!(outcomes.failed().all(|(_, failed)| matches!(failed.error, CallError::NoRuntime)));
}

/// A future that a task can be made of, though the events are neither `Send` nor `Sync`.
#[tokio::test(start_paused = true)]
async fn it_can_be_sent_to_another_thread() {
    let wix = Wix::default();
    let events: Vec<_> = (0..3).map(|number| std::rc::Rc::new(due(number))).collect();
    let reports = IntoFuture::into_future(InvoiceDue::report_all(&site(&wix), events));
    assert_eq!(places(&tokio::spawn(reports).await.expect("no panic")), NONE);
    let ids = IntoFuture::into_future(InvoiceDue::cancel_all(&site(&wix), [Uuid::nil()]));
    assert_eq!(places(&tokio::spawn(ids).await.expect("no panic")), NONE);
}

use std::future::IntoFuture;
use std::time::Duration;

use serde_json::json;
use tokio::time::Instant;
use trigger_core::Trigger;
use trigger_core::report::{App, CallError, IdempotencyKey, Instance, TransportError};

use crate::wix::{Fate, Wix};
use crate::{DUE, INVOICE, InvoiceDue, SECRET, SITE, site};

#[tokio::test(start_paused = true)]
async fn a_report_goes_well() {
    let wix = Wix::default();
    let reported = DUE.report(&site(&wix)).await.expect("goes well");
    assert_eq!(reported.activation_ids.told(), ["a"]);
    let [came] = &wix.came()[..] else { panic!("one call") };
    assert_eq!(came.path, "/automations/v1/events/report");
    assert_eq!(came.headers["authorization"], "token-1");
    assert_eq!(came.body["idempotency"]["key"], reported.idempotency_key.as_str());
    assert_eq!(came.body["externalEntityId"], INVOICE.to_string());
}

#[tokio::test(start_paused = true)]
async fn what_may_pass_is_tried_again_with_the_same_key() {
    for fate in [429, 500, 502, 503, 504].map(Fate::status).into_iter().chain([Fate::Cut]) {
        let wix = Wix::default().calls([fate.clone(), fate.clone()]);
        let key = IdempotencyKey::new("k").expect("a key");
        DUE.report(&site(&wix)).idempotency_key(key).await.expect("the third time");
        let keys: Vec<_> =
            wix.came().iter().map(|came| came.body["idempotency"]["key"].clone()).collect();
        assert_eq!(keys, ["k", "k", "k"], "{fate:?}");
        let times: Vec<_> = wix.came().iter().map(|came| came.at).collect();
        assert!(times[2] - times[0] <= Duration::from_millis(100 + 200 + 2), "{fate:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn nothing_else_is_tried_again() {
    for status in [201, 400, 403, 404, 409, 428, 501, 505] {
        let wix = Wix::default().calls([Fate::status(status)]);
        let failed = DUE.report(&site(&wix)).await.expect_err("fails");
        assert_eq!(wix.came().len(), 1, "{status}");
        assert!(!failed.is_retryable(), "{failed:?}");
    }
    let wix = Wix::default().calls([Fate::Answer {
        status: 200,
        headers: Vec::new(),
        body: "garbage".to_owned(),
    }]);
    let failed = DUE.report(&site(&wix)).await.expect_err("fails");
    assert!(matches!(failed.error, CallError::Answer { .. }), "{failed:?}");
    assert_eq!(wix.came().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn it_is_given_up_after_three_attempts() {
    let wix = Wix::default().calls(vec![Fate::status(503); 9]);
    let failed = DUE.report(&site(&wix)).await.expect_err("fails");
    assert!(matches!(failed.error, CallError::Unavailable { status: 503, .. }), "{failed:?}");
    assert!(failed.is_retryable());
    assert_eq!(wix.came().len(), 3);
    assert_eq!(wix.came()[0].body["idempotency"]["key"], failed.idempotency_key.as_str());
}

#[tokio::test(start_paused = true)]
async fn wix_says_how_long_to_wait() {
    let wix = Wix::default().calls([Fate::retry_after(429, "7"), Fate::retry_after(503, "3600")]);
    let start = Instant::now();
    DUE.report(&site(&wix)).await.expect("goes well");
    // The second is longer than the longest wait.
    assert_eq!(start.elapsed().as_secs(), 7 + 20);
}

#[tokio::test(start_paused = true)]
async fn the_last_attempt_tells_what_it_failed_with() {
    let wix = Wix::default().calls([Fate::retry_after(429, "20")]);
    let app = App::builder("an-app", SECRET).transport(wix.clone()).attempts(1);
    let site = app.deadline(Duration::from_secs(10)).build().expect("an app").instance(SITE);
    let failed = DUE.report(&site).await.expect_err("fails");
    let asked = Some(Duration::from_secs(20));
    let CallError::Limited { retry_after, .. } = failed.error else { panic!("{failed:?}") };
    assert_eq!(retry_after, asked);
}

#[tokio::test(start_paused = true)]
async fn a_wait_past_the_deadline_fails_at_once() {
    let wix = Wix::default().calls([Fate::retry_after(429, "7")]);
    let app = App::builder("an-app", SECRET).transport(wix.clone());
    let app = app.deadline(Duration::from_secs(5)).build().expect("an app");
    let start = Instant::now();
    let failed = DUE.report(&app.instance(SITE)).await.expect_err("fails");
    let CallError::Deadline { last: Some(last) } = &failed.error else { panic!("{failed:?}") };
    assert!(matches!(**last, CallError::Limited { retry_after: Some(_), .. }), "{last:?}");
    assert!(start.elapsed() < Duration::from_millis(10), "{:?}", start.elapsed());
}

#[tokio::test(start_paused = true)]
async fn what_hangs_is_given_up() {
    let wix = Wix::default().calls([Fate::Hang, Fate::Hang, Fate::Hang]);
    let start = Instant::now();
    let failed = DUE.report(&site(&wix)).await.expect_err("fails");
    let is_connection = matches!(failed.error, CallError::Transport(TransportError::Connection(_)));
    assert!(is_connection && failed.is_retryable(), "{failed:?}");
    assert_eq!(start.elapsed().as_secs(), 30);
}

#[tokio::test(start_paused = true)]
async fn the_payload_is_at_fault() {
    let data = json!({ "property": "cents" });
    let application = json!({ "code": "REQUIRED_PROPERTY", "description": "D", "data": data });
    let body = json!({ "message": "", "details": { "applicationError": application } });
    let wix = Wix::default().calls([Fate::body(400, &body)]);
    let failed = DUE.report(&site(&wix)).await.expect_err("fails");
    assert_eq!(failed.request_id(), Some("request-1"));
    let CallError::Refused(refusal) = &failed.error else { panic!("{failed:?}") };
    assert_eq!((refusal.status, refusal.code.as_str()), (400, "REQUIRED_PROPERTY"));
    assert_eq!(refusal.data.as_ref(), Some(&data));

    let violation =
        json!({ "field": "triggerKey", "description": "D", "violatedRule": "MAX_LENGTH" });
    let body = json!({ "details": { "validationError": { "fieldViolations": [violation] } } });
    let wix = Wix::default().calls([Fate::body(400, &body)]);
    let failed = DUE.report(&site(&wix)).await.expect_err("fails");
    assert_eq!(failed.error.to_string(), "Wix refuses the request: `triggerKey` D");
}

#[tokio::test(start_paused = true)]
async fn a_cancel_is_tried_again_too() {
    let wix = Wix::default().calls([Fate::status(503), Fate::Cut]);
    InvoiceDue::cancel(&site(&wix), INVOICE).await.expect("goes well");
    let came = wix.came();
    assert_eq!(came.len(), 3);
    assert!(came.iter().all(|came| came.path == "/automations/v1/events/cancel"));
    let expected = json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE.to_string() });
    assert_eq!(came[0].body, expected);
}

#[tokio::test(start_paused = true)]
async fn more_calls_than_a_minute_has_wait() {
    let wix = Wix::default();
    let site = site(&wix);
    let start = Instant::now();
    for _ in 0..203 {
        DUE.report(&site).await.expect("goes well");
    }
    assert_eq!(wix.came().len(), 203);
    let times: Vec<_> = wix.came().iter().map(|came| (came.at - start).as_secs()).collect();
    assert_eq!((times[199], times[200], times[202]), (0, 60, 60));
}

/// A place is taken when the token is there, so that calls are made when their places are.
#[tokio::test(start_paused = true)]
async fn a_slow_token_does_not_crowd_the_calls() {
    let wix = Wix::default().tokens([Fate::Late(Duration::from_secs(9), Box::new(Fate::Well))]);
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(2);
    let site = app.build().expect("an app").instance(SITE);
    let start = Instant::now();
    assert_eq!(at_once(&site, 4).await, [true; 4]);
    let times: Vec<_> = wix.came().iter().map(|came| (came.at - start).as_secs()).collect();
    assert_eq!(times, [9, 9, 69, 69]);
}

/// Two a minute, so that the fifth could start when its two minutes are almost over.
#[tokio::test(start_paused = true)]
async fn a_place_that_leaves_no_time_is_told_at_once() {
    let wix = Wix::default().slow(Duration::from_millis(300));
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(2);
    let site = app.build().expect("an app").instance(SITE);
    let start = Instant::now();
    let fifth = async {
        // After the others, which take their places when the token is there.
        tokio::time::sleep(Duration::from_secs(1)).await;
        (DUE.report(&site).await, start.elapsed().as_secs())
    };
    let (others, (fifth, seconds)) = tokio::join!(at_once(&site, 4), fifth);
    assert_eq!((others, seconds), (vec![true; 4], 1));
    let failed = fifth.expect_err("fails").error;
    let CallError::LimitReached { free_in } = failed else { panic!("{failed:?}") };
    assert_eq!((free_in.as_secs(), wix.came().len()), (119, 4));
}

#[tokio::test(start_paused = true)]
async fn who_is_dropped_makes_nobody_wait() {
    let wix = Wix::default();
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(2);
    let site = app.build().expect("an app").instance(SITE);
    let start = Instant::now();
    assert_eq!(at_once(&site, 2).await, [true; 2]);
    for _ in 0..20 {
        let limit = Duration::from_millis(1);
        tokio::time::timeout(limit, DUE.report(&site).into_future()).await.expect_err("waits");
    }
    DUE.report(&site).await.expect("goes well");
    assert_eq!(start.elapsed().as_secs(), 60);
}

#[tokio::test(start_paused = true)]
async fn who_gives_up_does_not_make_the_others_wait() {
    let wix = Wix::default();
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(10);
    let site = app.deadline(Duration::from_secs(90)).build().expect("an app").instance(SITE);
    let outcomes = at_once(&site, 1000).await;
    // Ten at once, and ten after a minute.
    assert_eq!(outcomes.iter().filter(|is_ok| **is_ok).count(), 20);
    tokio::time::advance(Duration::from_mins(1)).await;
    DUE.report(&site).await.expect("goes well");
}

/// Whether each of so many reports goes well.
async fn at_once(site: &Instance, count: usize) -> Vec<bool> {
    let task = |_| {
        let site = site.clone();
        tokio::spawn(async move { DUE.report(&site).await.is_ok() })
    };
    let tasks: Vec<_> = (0..count).map(task).collect();
    let mut outcomes = Vec::new();
    for task in tasks {
        outcomes.push(task.await.expect("no panic"));
    }
    outcomes
}

#[tokio::test(start_paused = true)]
async fn no_retry_comes_after_the_key_may_be_forgotten() {
    // Not even one that waits for its place.
    let wix = Wix::default().calls([Fate::Cut]);
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(1);
    let site = app.build().expect("an app").instance(SITE);
    let failed = DUE.report(&site).ttl(Duration::from_secs(5)).await.expect_err("fails");
    assert!(matches!(failed.error, CallError::LimitReached { .. }), "{failed:?}");
    assert_eq!(wix.came().len(), 1);

    // Nor one that waits for another token.
    let slow = Fate::Late(Duration::from_secs(9), Box::new(Fate::Well));
    let wix = Wix::default().calls([Fate::status(401)]).tokens([Fate::Well, slow]);
    let report = DUE.report(&crate::site(&wix)).ttl(Duration::from_secs(5));
    report.await.expect_err("fails");
    assert_eq!(wix.came().len(), 1);

    let wix = Wix::default().calls([Fate::retry_after(503, "5")]);
    let report = DUE.report(&crate::site(&wix)).ttl(Duration::from_secs(4));
    let failed = report.await.expect_err("fails");
    assert!(matches!(failed.error, CallError::Deadline { last: Some(_) }), "{failed:?}");
    assert_eq!(wix.came().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn settings_without_bounds_are_no_panics() {
    let wix = Wix::default().calls([Fate::status(503)]);
    let app = App::builder("an-app", SECRET).transport(wix.clone()).attempts(u32::MAX);
    let app = app.deadline(Duration::MAX).timeout(Duration::MAX).calls_per_minute(u32::MAX);
    let site = app.build().expect("an app").instance(SITE);
    DUE.report(&site).ttl(Duration::MAX).await.expect("goes well");
    assert_eq!(wix.came()[1].body["idempotency"]["ttlInMilliseconds"], i64::MAX.to_string());
}

#[test]
fn outside_of_a_runtime_is_an_error() {
    let wix = Wix::default();
    let mut report = std::pin::pin!(std::future::IntoFuture::into_future(DUE.report(&site(&wix))));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    let std::task::Poll::Ready(Err(failed)) =
        std::future::Future::poll(report.as_mut(), &mut context)
    else {
        panic!("it waits, or goes well");
    };
    assert!(matches!(failed.error, CallError::NoRuntime), "{failed:?}");
}

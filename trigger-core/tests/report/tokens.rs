use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, advance};
use trigger_core::Trigger;
use trigger_core::report::CallError;

use crate::wix::{Fate, Wix};
use crate::{DUE, SECRET, app, site};

#[tokio::test(start_paused = true)]
async fn a_token_is_kept_until_shortly_before_it_expires() {
    let wix = Wix::default();
    let site = site(&wix);
    DUE.report(&site).await.expect("goes well");
    advance(Duration::from_secs(14_400 - 61)).await;
    DUE.report(&site).await.expect("goes well");
    assert_eq!(wix.token_calls().len(), 1);
    advance(Duration::from_secs(2)).await;
    DUE.report(&site).await.expect("goes well");
    assert_eq!(wix.token_calls().len(), 2);
    assert_eq!(wix.came()[2].headers["authorization"], "token-2");
}

#[tokio::test(start_paused = true)]
async fn a_token_that_is_no_longer_taken_is_fetched_anew_once() {
    let wix = Wix::default().calls([Fate::status(401)]);
    DUE.report(&site(&wix)).await.expect("goes well");
    assert_eq!((wix.token_calls().len(), wix.came().len()), (2, 2));

    let wix = Wix::default().calls([Fate::status(401), Fate::status(401)]);
    let failed = DUE.report(&site(&wix)).await.expect_err("fails");
    assert!(matches!(failed.error, CallError::Unauthorized { status: 401, .. }), "{failed:?}");
    assert_eq!((wix.token_calls().len(), wix.came().len()), (2, 2));
}

#[tokio::test(start_paused = true)]
async fn a_thousand_calls_ask_for_one_token() {
    let wix = Wix::default().slow(Duration::from_millis(50));
    let app = trigger_core::report::App::builder("an-app", SECRET).transport(wix.clone());
    let app = app.calls_per_minute(10_000).build().expect("an app");
    let site = app.instance(crate::SITE);
    DUE.report(&site).await.expect("goes well");
    advance(Duration::from_secs(20_000)).await;
    let tasks: Vec<_> = (0..1000)
        .map(|_| {
            let site = site.clone();
            tokio::spawn(async move { DUE.report(&site).await })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic").expect("goes well");
    }
    assert_eq!((wix.token_calls().len(), wix.came().len()), (2, 1001));
}

#[tokio::test(start_paused = true)]
async fn a_refused_app_fails_all_at_once_and_is_not_asked_about_for_ten_seconds() {
    let refusal = json!({ "error": "invalid_client" });
    let wix = Wix::default().slow(Duration::from_millis(50));
    let wix = wix.tokens([Fate::body(401, &refusal), Fate::body(401, &refusal)]);
    let site = site(&wix);
    let start = Instant::now();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let site = site.clone();
            tokio::spawn(async move { DUE.report(&site).await.expect_err("fails").error })
        })
        .collect();
    for task in tasks {
        let error = task.await.expect("no panic");
        assert!(matches!(error, CallError::Unauthorized { status: 401, .. }), "{error:?}");
    }
    assert!(start.elapsed() < Duration::from_millis(60), "{:?}", start.elapsed());
    assert_eq!(wix.token_calls().len(), 1);
    advance(Duration::from_secs(9)).await;
    DUE.report(&site).await.expect_err("fails");
    assert_eq!(wix.token_calls().len(), 1);
    advance(Duration::from_secs(1)).await;
    DUE.report(&site).await.expect_err("fails");
    assert_eq!(wix.token_calls().len(), 2);
    advance(Duration::from_secs(10)).await;
    DUE.report(&site).await.expect("goes well");
    assert!(wix.came().iter().all(|came| came.headers["authorization"] == "token-1"));
}

#[tokio::test(start_paused = true)]
async fn all_who_wait_share_a_call_that_fails() {
    let wix = Wix::default().slow(Duration::from_millis(50)).tokens(vec![Fate::status(503); 3]);
    let site = site(&wix);
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let site = site.clone();
            tokio::spawn(async move { DUE.report(&site).await.is_ok() })
        })
        .collect();
    for task in tasks {
        task.await.expect("no panic");
    }
    // Their waits differ, so that they come back in a few groups.
    assert!(wix.token_calls().len() < 20, "{}", wix.token_calls().len());
}

#[tokio::test(start_paused = true)]
async fn a_fresh_token_that_is_refused_stands_for_the_app() {
    let wix = Wix::default().calls([Fate::status(401), Fate::status(401)]);
    let site = site(&wix);
    DUE.report(&site).await.expect_err("fails");
    DUE.report(&site).await.expect_err("fails");
    assert_eq!((wix.token_calls().len(), wix.came().len()), (2, 2));
    advance(Duration::from_secs(10)).await;
    DUE.report(&site).await.expect("goes well");
}

#[tokio::test(start_paused = true)]
async fn no_call_is_made_without_a_token() {
    for token in ["", "a\nb"] {
        let answer = json!({ "access_token": token, "expires_in": 14400 });
        let wix = Wix::default().tokens([Fate::body(200, &answer)]);
        let failed = DUE.report(&site(&wix)).await.expect_err("fails");
        assert!(matches!(failed.error, CallError::NoToken { .. }), "{failed:?}");
        assert_eq!(wix.came().len(), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn a_token_that_does_not_tell_its_time_is_kept_for_a_while() {
    let wix = Wix::default().tokens([Fate::body(200, &json!({ "access_token": "t" }))]);
    let site = site(&wix);
    DUE.report(&site).await.expect("goes well");
    advance(Duration::from_secs(200)).await;
    DUE.report(&site).await.expect("goes well");
    assert_eq!(wix.token_calls().len(), 1);
}

#[tokio::test(start_paused = true)]
async fn a_call_for_a_token_is_tried_again() {
    let wix = Wix::default().tokens([Fate::status(503), Fate::Cut]);
    DUE.report(&site(&wix)).await.expect("goes well");
    assert_eq!(wix.token_calls().len(), 3);
}

#[tokio::test(start_paused = true)]
async fn whoever_leaves_lets_the_others_have_the_token() {
    let wix = Wix::default().slow(Duration::from_secs(1));
    let site = site(&wix);
    for milliseconds in [0, 500, 1500] {
        let wait = Duration::from_millis(milliseconds);
        let left = tokio::time::timeout(wait, async { DUE.report(&site).await }).await;
        assert!(left.is_err(), "{milliseconds}");
    }
    DUE.report(&site).await.expect("goes well");
}

#[tokio::test(start_paused = true)]
async fn secrets_are_not_shown() {
    let wix = Wix::default();
    let app = app(&wix);
    let site = app.instance(crate::SITE);
    DUE.report(&site).await.expect("goes well");
    for shown in [format!("{app:?}"), format!("{site:?}"), format!("{:?}", DUE.report(&site))] {
        assert!(shown.contains("(secret)"), "{shown}");
        assert!(!shown.contains(SECRET) && !shown.contains("token-1"), "{shown}");
    }
}

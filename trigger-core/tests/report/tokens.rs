use std::time::Duration;

use serde_json::json;
use tokio::time::{Instant, advance};
use trigger_core::Trigger;
use trigger_core::report::{App, CallError, Instance};

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
    let app = App::builder("an-app", SECRET).transport(wix.clone());
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
        let CallError::TokenRefused { status: 401, reason, .. } = &error else {
            panic!("{error:?}")
        };
        assert_eq!(reason, "invalid_client");
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

/// Calls under way with a token that ends are answered one after the other.
#[tokio::test(start_paused = true)]
async fn a_refused_app_is_not_asked_about_for_calls_that_were_under_way() {
    let late = |seconds| Fate::Late(Duration::from_secs(seconds), Box::new(Fate::status(401)));
    let wix = Wix::default().calls((1..=5).map(late)).tokens([Fate::Well]);
    let wix = wix.tokens(vec![Fate::status(400); 5]);
    let errors = errors_of(&site(&wix), 5).await;
    let is_refused = |error: &CallError| matches!(error, CallError::TokenRefused { .. });
    assert!(errors.iter().all(is_refused), "{errors:?}");
    assert_eq!(wix.token_calls().len(), 2);
}

/// What so many reports at once fail with.
async fn errors_of(site: &Instance, many: usize) -> Vec<CallError> {
    let report = |_| {
        let site = site.clone();
        tokio::spawn(async move { DUE.report(&site).await.expect_err("fails").error })
    };
    let tasks: Vec<_> = (0..many).map(report).collect();
    let mut errors = Vec::new();
    for task in tasks {
        errors.push(task.await.expect("no panic"));
    }
    errors
}

#[tokio::test(start_paused = true)]
async fn all_who_wait_share_a_fetch_that_fails() {
    for fate in [Fate::status(503), Fate::Cut, Fate::Hang] {
        let wix = Wix::default().slow(Duration::from_millis(50)).tokens(vec![fate.clone(); 9]);
        let errors = errors_of(&site(&wix), 100).await;
        let is_shared = |error: &CallError| matches!(error, CallError::Token(_));
        assert!(errors.iter().all(is_shared), "{fate:?}: {errors:?}");
        assert!(errors.iter().all(CallError::is_retryable), "{fate:?}");
        // The attempts of one call.
        assert_eq!(wix.token_calls().len(), 3, "{fate:?}");
    }
}

/// What passes costs one retry, however many wait.
#[tokio::test(start_paused = true)]
async fn a_fetch_that_is_tried_again_serves_all_who_wait() {
    let wix = Wix::default().slow(Duration::from_millis(50)).tokens([Fate::retry_after(503, "4")]);
    let app = App::builder("an-app", SECRET).transport(wix.clone()).calls_per_minute(10_000);
    let site = app.build().expect("an app").instance(crate::SITE);
    let start = Instant::now();
    let report = |_| {
        let site = site.clone();
        tokio::spawn(async move { DUE.report(&site).await.is_ok() })
    };
    let tasks: Vec<_> = (0..1000).map(report).collect();
    for task in tasks {
        assert!(task.await.expect("no panic"));
    }
    assert_eq!((wix.token_calls().len(), start.elapsed().as_secs()), (2, 4));
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
    let token = |token: &str| json!({ "access_token": token, "expires_in": 14400 });
    for answer in [token(""), token("a\nb"), json!("a-token"), json!({ "access_token": 5 })] {
        let wix = Wix::default().tokens([Fate::body(200, &answer)]);
        let failed = DUE.report(&site(&wix)).await.expect_err("fails");
        assert!(matches!(failed.error, CallError::NoToken { .. }), "{failed:?}");
        assert!(!format!("{failed:?}").contains("a-token"));
        assert_eq!(failed.request_id(), Some("request-1"));
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

/// Wix may repeat what it was sent.
#[tokio::test(start_paused = true)]
async fn the_secret_is_in_no_error() {
    let refusal =
        json!({ "error": "invalid_client", "error_description": format!("not {SECRET}") });
    let wix = Wix::default().tokens([Fate::body(400, &refusal)]);
    let failed = DUE.report(&site(&wix)).await.expect_err("fails");
    assert!(matches!(failed.error, CallError::TokenRefused { status: 400, .. }), "{failed:?}");
    assert!(!format!("{failed:?} {failed}").contains(SECRET), "{failed:?}");
}

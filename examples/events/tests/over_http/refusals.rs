use events::EventStarting;
use ring::signature::RSA_PKCS1_SHA256;
use serde_json::json;

use crate::deliveries::{EVENT, MARCH_20, OTHER_EVENT, canceled, published};
use crate::failures::held;
use crate::running::{Running, wix};
use crate::signer::{STRANGER, signed};

#[tokio::test]
async fn what_the_key_of_the_app_did_not_sign_is_refused() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    let claims = published(MARCH_20).claims().to_string();
    let foreign = signed(r#"{"alg":"RS256"}"#, claims, STRANGER, &RSA_PKCS1_SHA256);
    assert_eq!(app.post(foreign).await, 401);
    app.until("refused: the signature").await;
    assert_eq!(app.post("hello").await, 400);
    assert_eq!(app.post("a".repeat(2 << 20)).await, 413);
    assert!(app.stop().await.is_empty());
    wix.expect_no_event::<EventStarting>();
}

/// A newer version of the app may read it: Wix sends it for two days.
#[tokio::test]
async fn a_body_that_cannot_be_read_is_to_be_sent_again() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    let delivery = published(MARCH_20).body("location", json!("SECRET PLACE")).signed();
    assert_eq!(app.post(delivery).await, 500);
    let line = app.until("not taken").await;
    assert!(line.contains("`location`") && !line.contains("SECRET"), "{line}");
}

#[tokio::test]
async fn an_event_for_which_there_is_no_room_is_to_be_sent_again() {
    let (transport, mut calls) = held();
    let gate = transport.gate();
    let mut app = Running::with(transport.app(), |settings| settings.room(1)).await;
    assert_eq!(app.post(published(MARCH_20).sequence(1).signed()).await, 200);
    assert!(calls.recv().await.is_some());
    let other = published(MARCH_20).of(OTHER_EVENT).signed();
    assert_eq!(app.post(&other).await, 500);
    app.until("not taken").await;
    // One that has work already takes no more room.
    assert_eq!(app.post(canceled().sequence(2).signed()).await, 200);
    gate.add_permits(1);
    app.until(&format!("event {EVENT} of")).await;
    let line = app.until("canceled").await;
    assert!(line.contains(&EVENT.to_string()), "{line}");
    // Wix sends it again: what was refused does not count as having come.
    while app.post(&other).await == 500 {
        tokio::task::yield_now().await;
    }
    let line = app.until("reported").await;
    assert!(line.contains(&OTHER_EVENT.to_string()), "{line}");
}

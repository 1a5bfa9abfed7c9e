use std::time::Duration;

use events::EventStarting;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use trigger_emulator::Fault;

use crate::deliveries::{EVENT, MARCH_20, OTHER_EVENT, SITE, published};
use crate::failures::held;
use crate::running::{Running, reporter, status, wix};

#[tokio::test]
async fn what_was_answered_is_done_before_the_app_ends() {
    let (transport, mut calls) = held();
    let gate = transport.gate();
    let app = Running::with(transport.app(), |settings| settings).await;
    for event in [EVENT, OTHER_EVENT] {
        assert_eq!(app.post(published(MARCH_20).of(event).signed()).await, 200);
        assert!(calls.recv().await.is_some());
    }
    let stopping = app.ask_to_stop();
    gate.add_permits(1);
    assert!(stopping.left().await.is_empty());
    assert_eq!(calls.recv().await.as_deref(), Some("/automations/v1/events/report"));
    assert_eq!(calls.recv().await.as_deref(), Some("/automations/v1/events/report"));
}

/// The next attempt would come in an hour.
#[tokio::test]
async fn what_waits_to_be_tried_again_is_tried_before_the_app_ends() {
    let wix = wix().await;
    let hour = Duration::from_hours(1);
    let mut app = Running::with(reporter(&wix), |settings| settings.waits(hour, hour)).await;
    wix.inject(Fault::status(503).times(1));
    assert_eq!(app.post(published(MARCH_20).signed()).await, 200);
    app.until("tried again").await;
    assert!(app.stop().await.is_empty());
    wix.expect_event::<EventStarting>().for_entity(EVENT).times(1);
}

#[tokio::test]
async fn what_cannot_be_done_in_time_is_told() {
    let (transport, mut calls) = held();
    let gate = transport.gate();
    let set = |settings: events::Settings| settings.patience(Duration::from_millis(1));
    let app = Running::with(transport.app(), set).await;
    assert_eq!(app.post(published(MARCH_20).signed()).await, 200);
    assert!(calls.recv().await.is_some());
    let left = app.stop().await;
    let left: Vec<_> = left.iter().map(ToString::to_string).collect();
    assert_eq!(left, [format!("event {EVENT} of site {SITE}")]);
    // Nor does it go on behind the back of who was told so.
    gate.add_permits(1);
    assert_eq!(calls.recv().await, None);
}

/// Its head came before the app was asked to stop, and its body after that.
#[tokio::test]
async fn a_delivery_that_comes_while_the_app_stops_is_to_be_sent_again() {
    let (transport, mut calls) = held();
    let gate = transport.gate();
    let app = Running::with(transport.app(), |settings| settings).await;
    assert_eq!(app.post(published(MARCH_20).signed()).await, 200);
    assert!(calls.recv().await.is_some());
    let body = published(MARCH_20).of(OTHER_EVENT).signed();
    let head = format!(
        "POST /webhook HTTP/1.1\r\nhost: app\r\nexpect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len(),
    );
    let mut stream = TcpStream::connect(app.address).await.expect("a connection");
    stream.write_all(head.as_bytes()).await.expect("is sent");
    assert_eq!(status(&mut stream).await, 100);
    let address = app.address;
    let stopping = app.ask_to_stop();
    // Once nobody is let in, it does stop.
    while TcpStream::connect(address).await.is_ok() {
        tokio::task::yield_now().await;
    }
    stream.write_all(body.as_bytes()).await.expect("is sent");
    let mut rest = String::new();
    stream.read_to_string(&mut rest).await.expect("an answer");
    assert!(rest.contains("HTTP/1.1 500 "), "{rest}");
    gate.add_permits(1);
    assert!(stopping.left().await.is_empty());
}

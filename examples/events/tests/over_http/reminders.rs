use events::{EventPublished, EventStarting};
use jiff::ToSpan;
use serde_json::json;
use trigger_core::webhook::Event;

use crate::deliveries::{
    CANCELED, Draft, EVENT, MARCH_20, MARCH_27, OTHER_EVENT, OTHER_SITE, PUBLISHED, canceled,
    published,
};
use crate::running::{Running, wix};

#[tokio::test]
async fn a_published_event_has_its_reminder_two_days_before_it_starts() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    assert_eq!(app.post(published(MARCH_20).signed()).await, 200);
    app.until("reported for 2026-03-20T18:00:00Z").await;
    let reported = wix.expect_event::<EventStarting>().for_entity(EVENT).times(1);
    let expected = json!({
        "eventId": EVENT,
        "startsAt": "2026-03-20T18:00:00Z",
        "title": "Life drawing",
    });
    assert_eq!(reported.payloads(), [&expected]);
    wix.clock().advance(4.weeks());
    let reminder = wix.expect_action("Reminder").for_entity(EVENT).times(1);
    assert_eq!(reminder.at(), ["2026-03-18T18:00:00Z".parse().expect("a time")]);
    assert!(app.stop().await.is_empty());
}

#[tokio::test]
async fn an_event_that_is_moved_has_one_reminder_at_its_new_date() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    assert_eq!(app.post(published(MARCH_20).sequence(1).signed()).await, 200);
    app.until("reported for 2026-03-20").await;
    assert_eq!(app.post(published(MARCH_27).sequence(2).signed()).await, 200);
    app.until("reported for 2026-03-27").await;
    wix.clock().advance(4.weeks());
    let reminder = wix.expect_action("Reminder").for_entity(EVENT).times(1);
    assert_eq!(reminder.at(), ["2026-03-25T18:00:00Z".parse().expect("a time")]);
}

/// Automations read the payload, so that any other value is a change.
#[tokio::test]
async fn an_event_of_another_title_is_reported_anew_and_one_that_is_the_same_is_not() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    app.post(published(MARCH_20).signed()).await;
    app.until("reported").await;
    app.post(published(MARCH_20).body("unknown", json!(1)).signed()).await;
    app.until("nothing has changed").await;
    wix.expect_event::<EventStarting>().for_entity(EVENT).times(1);
    app.post(published(MARCH_20).body("title", json!("Portraits")).signed()).await;
    app.until("reported").await;
    wix.clock().advance(4.weeks());
    wix.expect_action("Reminder").for_entity(EVENT).times(1);
    let reported = wix.expect_event::<EventStarting>().for_entity(EVENT).times(2);
    assert_eq!(reported.payloads()[1]["title"], "Portraits");
}

#[tokio::test]
async fn an_event_that_is_canceled_has_no_reminder() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    for event in [EVENT, OTHER_EVENT] {
        app.post(published(MARCH_20).of(event).signed()).await;
        app.until("reported").await;
    }
    assert_eq!(app.post(canceled().signed()).await, 200);
    app.until("canceled: it is canceled").await;
    wix.clock().advance(4.weeks());
    wix.expect_nothing_ran(EVENT);
    wix.expect_nothing_pending(EVENT);
    wix.expect_action("Reminder").for_entity(OTHER_EVENT).times(1);
}

#[tokio::test]
async fn an_event_without_a_date_any_more_has_no_reminder() {
    let to_be_decided = json!({ "dateAndTimeTbd": true, "dateAndTimeTbdMessage": "Soon" });
    let cases = [
        ("dateAndTimeSettings", to_be_decided, "its date is yet to be decided"),
        ("dateAndTimeSettings", json!({}), "it has no start date"),
        ("status", json!("DRAFT"), "it is a draft"),
        ("status", json!("CANCELED"), "it is canceled"),
    ];
    for (name, value, words) in cases {
        let wix = wix().await;
        let mut app = Running::on(&wix).await;
        app.post(published(MARCH_20).signed()).await;
        app.until("reported").await;
        assert_eq!(app.post(published(MARCH_20).body(name, value).signed()).await, 200);
        app.until(&format!("canceled: {words}")).await;
        wix.clock().advance(4.weeks());
        wix.expect_nothing_ran(EVENT);
    }
}

/// What an automation does after the start goes on.
#[tokio::test]
async fn an_event_that_has_started_keeps_what_was_reported() {
    let wix = wix().await;
    wix.automation::<EventStarting>("Thanks").after(1.day());
    let mut app = Running::on(&wix).await;
    app.post(published(MARCH_20).signed()).await;
    app.until("reported").await;
    wix.clock().set("2026-03-20T18:30:00Z".parse().expect("a time"));
    for status in ["STARTED", "ENDED", "POSTPONED"] {
        let delivery = published(MARCH_20).body("status", json!(status)).signed();
        assert_eq!(app.post(delivery).await, 200);
        app.until("left as it is").await;
    }
    wix.clock().advance(1.day());
    wix.expect_action("Thanks").for_entity(EVENT).times(1);
}

/// Wix's own example: the name of the id in the body ends in a space, and there is no date.
#[tokio::test]
async fn the_example_of_wix_is_answered_and_told() {
    const EXAMPLE: &str =
        include_str!("../../../../trigger-core/tests/webhook/event_published.json");

    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    let claims = crate::signer::claims(EventPublished::TYPE, EXAMPLE);
    assert_eq!(app.post(crate::signer::token(&claims)).await, 200);
    let line = app.until("it has started").await;
    assert!(line.contains(&EVENT.to_string()), "{line}");
    wix.expect_no_event::<EventStarting>();
}

#[tokio::test]
async fn events_of_two_sites_have_nothing_in_common() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    app.post(published(MARCH_20).sequence(1).signed()).await;
    app.until("reported").await;
    app.post(published(MARCH_20).on(OTHER_SITE).sequence(1).signed()).await;
    app.until("reported").await;
    app.post(canceled().on(OTHER_SITE).sequence(2).signed()).await;
    let line = app.until("canceled").await;
    assert!(line.contains(&OTHER_SITE.to_string()), "{line}");
    wix.clock().advance(4.weeks());
    wix.expect_action("Reminder").for_entity(EVENT).times(1);
}

/// What a process knew is lost with it, and what it reported is not.
#[tokio::test]
async fn another_process_neither_doubles_a_delivery_nor_loses_one() {
    let wix = wix().await;
    let delivery = published(MARCH_20).sequence(1).signed();
    for _ in 0..2 {
        let mut app = Running::on(&wix).await;
        assert_eq!(app.post(&delivery).await, 200);
        app.until("reported").await;
        assert!(app.stop().await.is_empty());
    }
    wix.clock().advance(4.weeks());
    wix.expect_action("Reminder").for_entity(EVENT).times(1);
}

#[tokio::test]
async fn another_process_moves_what_was_reported() {
    let wix = wix().await;
    for date in [MARCH_20, MARCH_27] {
        let mut app = Running::on(&wix).await;
        app.post(published(date).signed()).await;
        app.until("reported").await;
    }
    wix.clock().advance(4.weeks());
    let reminder = wix.expect_action("Reminder").for_entity(EVENT).times(1);
    assert_eq!(reminder.at(), ["2026-03-25T18:00:00Z".parse().expect("a time")]);
}

#[tokio::test]
async fn an_event_that_is_over_is_told() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    app.post(published("2026-03-01T18:00:00Z").signed()).await;
    app.until("nothing will run").await;
}

#[tokio::test]
async fn what_cannot_be_told_apart_is_answered_and_told() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    let nameless = Draft::new(CANCELED, json!({})).envelope("entityId", json!("spring-gala"));
    assert_eq!(app.post(nameless.signed()).await, 200);
    app.until("no id of an event").await;
    let mut claims = Draft::new(PUBLISHED, json!({})).claims();
    let data = claims["data"].as_str().expect("a text").replace("instanceId", "otherId");
    claims["data"] = json!(data);
    assert_eq!(app.post(crate::signer::token(&claims)).await, 200);
    app.until("its site is not known").await;
    assert_eq!(app.post(Draft::new("wix.other", json!({})).signed()).await, 200);
    app.until("nothing is done for \"wix.other\"").await;
    let long =
        Draft::new("wix.a_type_that_is_much_longer_than_what_a_line_of_a_log_shows", json!({}));
    assert_eq!(app.post(long.signed()).await, 200);
    let line = app.until("nothing is done for \"wix.a_type").await;
    assert!(line.ends_with("\"…"), "{line}");
}

use events::EventStarting;
use jiff::{Timestamp, ToSpan};
use serde_json::json;
use trigger_emulator::{DeliveryState, Webhook};
use uuid::Uuid;

use crate::deliveries::{CANCELED, EVENT, MARCH_20, MARCH_27, OTHER_EVENT, PUBLISHED};
use crate::failures::held;
use crate::running::{Running, reporter, wix};

const APRIL_10: &str = "2026-04-10T18:00:00Z";

/// An event that starts then is published: the emulator signs that and sends it.
fn published(event: Uuid, starts_at: &str) -> Webhook {
    let body = json!({
        "eventId": event,
        "status": "UPCOMING",
        "title": "Life drawing",
        "dateAndTimeSettings": { "startDate": starts_at, "timeZoneId": "Europe/Dublin" },
    });
    Webhook::action(PUBLISHED, &body).slug("event_published").entity_id(event.to_string())
}

fn canceled(event: Uuid) -> Webhook {
    let body = json!({ "eventId": event });
    Webhook::action(CANCELED, &body).slug("event_canceled").entity_id(event.to_string())
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

#[tokio::test]
async fn from_the_webhook_to_the_reminder() {
    let wix = wix().await;
    let mut app = Running::delivered_by(&wix, reporter(&wix), 100).await;

    // Published, and moved to a week before: the reminder goes out two days before the new date, not a
    // second earlier, and never again. The first delivery comes again and changes nothing.
    let first = wix.deliver(published(EVENT, MARCH_27).sequence(1));
    app.until("reported for 2026-03-27").await;
    wix.deliver(published(EVENT, MARCH_20).sequence(2));
    app.until("reported for 2026-03-20").await;
    wix.deliver_again(&first);
    wix.posts_answered().await;
    wix.expect_event::<EventStarting>().for_entity(EVENT).times(2);
    wix.clock().set(time("2026-03-18T17:59:59Z"));
    wix.expect_nothing_ran(EVENT);
    wix.clock().advance(1.second());
    wix.expect_action("Reminder").for_entity(EVENT).times(1);
    wix.clock().set(time("2026-03-26T00:00:00Z"));

    // Moved again and canceled, and a change from in between comes late: no other reminder.
    wix.deliver(published(EVENT, APRIL_10).sequence(3));
    app.until("reported for 2026-04-10").await;
    wix.deliver(canceled(EVENT).sequence(5));
    app.until("canceled").await;
    wix.deliver(published(EVENT, APRIL_10).sequence(4));
    app.until("a later one came first").await;

    // Of another event the cancellation comes first, and twice.
    let other = wix.deliver(canceled(OTHER_EVENT).sequence(2));
    app.until("canceled").await;
    wix.deliver_again(&other);
    wix.deliver(published(OTHER_EVENT, APRIL_10).sequence(1));
    app.until("a later one came first").await;

    wix.posts_answered().await;
    assert!(wix.deliveries().iter().all(|it| it.state == DeliveryState::Taken));
    wix.clock().advance(4.weeks());
    let reminder = wix.expect_action("Reminder").for_entity(EVENT).times(1);
    assert_eq!(reminder.at(), [time("2026-03-18T18:00:00Z")]);
    wix.expect_nothing_ran(OTHER_EVENT);
    assert!(app.stop().await.is_empty());
}

#[tokio::test]
async fn what_the_app_has_no_room_for_comes_again() {
    let wix = wix().await;
    let (transport, mut calls) = held();
    let gate = transport.gate();
    let mut app = Running::delivered_by(&wix, transport.app(), 1).await;
    wix.deliver(published(EVENT, MARCH_20));
    calls.recv().await.expect("a call, which hangs");
    wix.deliver(published(OTHER_EVENT, MARCH_20));
    wix.posts_answered().await;
    let refused = &wix.deliveries()[1];
    let statuses: Vec<_> = refused.attempts.iter().map(|it| it.status).collect();
    assert_eq!((refused.state, statuses), (DeliveryState::Waiting, vec![Some(500)]));

    gate.add_permits(1);
    app.until(&EVENT.to_string()).await;
    // The room may be free a moment after that is told.
    while wix.deliveries()[1].state == DeliveryState::Waiting {
        wix.clock().advance(10.minutes());
        wix.posts_answered().await;
    }
    app.until(&format!("{OTHER_EVENT} of site")).await;
    assert_eq!(wix.deliveries()[1].state, DeliveryState::Taken);
}

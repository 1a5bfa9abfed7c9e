use events::EventStarting;
use jiff::ToSpan;
use serde_json::json;

use crate::deliveries::{EVENT, MARCH_20, MARCH_27, canceled, published};
use crate::running::{Running, wix};

#[tokio::test]
async fn a_delivery_that_comes_again_is_answered_and_nothing_else() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    // Its id alone tells that it came before.
    let delivery = published(MARCH_20).signed();
    assert_eq!(app.post(&delivery).await, 200);
    app.until("reported").await;
    assert_eq!(app.post(published(MARCH_27).signed()).await, 200);
    app.until("reported").await;
    assert_eq!(app.post(&delivery).await, 200);
    assert!(app.stop().await.is_empty());
    wix.expect_event::<EventStarting>().times(2);
}

#[tokio::test]
async fn a_publication_that_comes_late_does_not_move_an_event_back() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    app.post(published(MARCH_27).sequence(2).signed()).await;
    app.until("reported").await;
    assert_eq!(app.post(published(MARCH_20).sequence(1).signed()).await, 200);
    app.until("a later one came first").await;
    wix.clock().advance(4.weeks());
    let reminder = wix.expect_action("Reminder").for_entity(EVENT).times(1);
    assert_eq!(reminder.at(), ["2026-03-25T18:00:00Z".parse().expect("a time")]);
}

/// The cancellation came before the publication, or nobody can tell which was first.
#[tokio::test]
async fn a_canceled_event_stays_so_when_its_publication_comes_late() {
    let at = |time: &str| json!(time);
    let (noon, later) = (at("2026-03-02T12:00:00Z"), at("2026-03-02T12:00:01Z"));
    let pairs = [
        (canceled().sequence(5), published(MARCH_20).sequence(4)),
        (canceled().envelope("eventTime", later), published(MARCH_20).envelope("eventTime", noon)),
        (canceled(), published(MARCH_20)),
    ];
    for (first, second) in pairs {
        let wix = wix().await;
        let mut app = Running::on(&wix).await;
        assert_eq!(app.post(first.signed()).await, 200);
        app.until("canceled").await;
        assert_eq!(app.post(second.signed()).await, 200);
        app.until("a later one came first").await;
        wix.expect_no_event::<EventStarting>();
    }
}

#[tokio::test]
async fn a_canceled_event_that_is_published_later_has_its_reminder() {
    let wix = wix().await;
    let mut app = Running::on(&wix).await;
    app.post(canceled().sequence(4).signed()).await;
    app.until("canceled").await;
    app.post(published(MARCH_20).sequence(5).signed()).await;
    app.until("reported").await;
    wix.clock().advance(4.weeks());
    wix.expect_action("Reminder").for_entity(EVENT).times(1);
}

/// However many come at once, the one of the highest number is what stays.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn deliveries_that_come_at_once_end_with_the_last() {
    let wix = wix().await;
    let app = Running::on(&wix).await;
    let dates: Vec<_> = (10..30).map(|day| format!("2026-03-{day}T18:00:00Z")).collect();
    let numbered = (0..).zip(&dates);
    let deliveries: Vec<_> =
        numbered.map(|(number, date)| published(date).sequence(number).signed()).collect();
    // The last in the middle, the first at the end.
    let mut posts = tokio::task::JoinSet::new();
    let app = std::sync::Arc::new(app);
    for delivery in deliveries.iter().skip(10).chain(deliveries.iter().take(10)).cloned() {
        let app = std::sync::Arc::clone(&app);
        posts.spawn(async move { app.post(delivery).await });
    }
    assert!(posts.join_all().await.into_iter().all(|status| status == 200));
    let app = std::sync::Arc::into_inner(app).expect("all are answered");
    assert!(app.stop().await.is_empty());
    wix.clock().advance(5.weeks());
    let reminder = wix.expect_action("Reminder").for_entity(EVENT).times(1);
    assert_eq!(reminder.at(), ["2026-03-27T18:00:00Z".parse().expect("a time")]);
}

//! Webhooks over HTTP, and what is refused.

use super::*;
use crate::expectations::message;

async fn deliver(wix: &Emulator, asked: &Value) -> Answer {
    crate::post(wix, "/_emulator/webhooks", None, asked.to_string()).await
}

#[tokio::test]
async fn a_call_delivers_what_it_says() {
    let mut app = App::start().await;
    let wix = builder().start().await.expect("an emulator");
    let asked = json!({
        "to": app.url,
        "eventType": PUBLISHED,
        "instanceId": SITE,
        "identity": { "identityType": "MEMBER", "memberId": "a-member" },
        "id": "an-id",
        "entityFqdn": "wix.events.events.v3.event",
        "slug": "event_published",
        "entityId": "an-entity",
        "eventTime": "2026-03-01T08:00:00Z",
        "triggeredByAnonymizeRequest": true,
        "originatedFrom": "an-import",
        "entityEventSequence": "9007199254740993",
        "actionEvent": { "bodyAsJson": r#"{"title":"Pottery"}"# },
    });
    let answer = deliver(&wix, &asked).await;
    let told = json!({
        "eventId": "an-id",
        "eventType": PUBLISHED,
        "instanceId": SITE,
        "to": app.url,
        "state": "UNDER_WAY",
        "next": null,
        "attempts": [],
    });
    assert_eq!((answer.status, &answer.body), (200, &told));
    let key = get(&wix, "/_emulator/webhooks/public-key").await.body;
    assert_eq!(key, wix.webhook_public_key());
    let Request { body, answer, .. } = app.request().await;
    let webhooks = Webhooks::new(key.as_str().expect("PEM")).expect("a key");
    let delivery = webhooks.verify(&body).expect("it is signed");
    answer.send(500).expect("the emulator waits");
    assert_eq!(delivery.instance_id.map(|id| id.to_string()).as_deref(), Some(SITE));
    assert_eq!(delivery.event_id.as_deref(), Some("an-id"));
    assert_eq!(delivery.entity_fqdn.as_deref(), Some("wix.events.events.v3.event"));
    assert_eq!(delivery.slug.as_deref(), Some("event_published"));
    assert_eq!(delivery.entity_id.as_deref(), Some("an-entity"));
    assert_eq!(delivery.time.as_deref(), Some("2026-03-01T08:00:00Z"));
    assert_eq!(delivery.sequence, Some(9_007_199_254_740_993));
    assert_eq!(delivery.originated_from.as_deref(), Some("an-import"));
    assert!(delivery.triggered_by_anonymize_request);
    assert_eq!(delivery.identity.as_ref().and_then(|it| it.id.as_deref()), Some("a-member"));
    assert_eq!(delivery.json()["title"], "Pottery");

    wix.posts_answered().await;
    let again = deliver(&wix, &json!({ "again": "an-id", "to": app.url })).await;
    assert_eq!((again.status, &again.body["eventId"]), (200, &json!("an-id")));
    assert_eq!(app.answer(200).await, delivery);
    wix.posts_answered().await;
    let all = get(&wix, "/_emulator/webhooks").await.body;
    let attempts = |index: usize| (&all[index]["state"], &all[index]["attempts"]);
    let attempt = |status: u16| json!([{ "at": "2026-03-02T09:00:00Z", "status": status }]);
    assert_eq!(attempts(0), (&json!("WAITING"), &attempt(500)));
    assert_eq!(all[0]["next"], "2026-03-02T09:01:00Z");
    assert_eq!(attempts(1), (&json!("TAKEN"), &attempt(200)));
}

#[tokio::test]
async fn what_is_left_out_is_as_it_is_in_a_test() {
    let mut app = App::start().await;
    let wix = start(&app).await;
    let asked = json!({ "eventType": PUBLISHED, "createdEvent": { "entity": { "title": "P" } } });
    let told = deliver(&wix, &asked).await;
    let delivery = app.answer(200).await;
    assert_eq!(delivery.event_id.as_deref(), told.body["eventId"].as_str());
    assert_eq!(delivery.instance_id, Some(Uuid::from_u128(0xb001)));
    assert_eq!(delivery.time.as_deref(), Some("2026-03-02T09:00:00Z"));
    assert_eq!(delivery.json()["title"], "P");
}

#[tokio::test]
async fn what_is_wrong_is_told_with_what_to_do() {
    let app = App::start().await;
    let wix = start(&app).await;
    let good = json!({ "eventType": PUBLISHED, "actionEvent": { "body": {} } });
    let with = |name: &str, value: Value| {
        let mut asked = good.clone();
        asked[name] = value;
        asked
    };
    let nested = (0..110).fold(json!(1), |inner, _| json!([inner]));
    for (asked, status, words) in [
        (json!([]), 400, "this is no JSON object: "),
        (json!({}), 400, "missing field `eventType`; such as {\"eventType\":"),
        (json!({ "eventType": "a" }), 400, "a webhook has one of `actionEvent`"),
        (with("createdEvent", json!({})), 400, "a webhook has one of `actionEvent`"),
        (
            with("actionEvent", json!({ "bodi": {} })),
            400,
            "`actionEvent`: it is an object with a `body`",
        ),
        (with("actionEvent", json!("{}")), 400, "`actionEvent`: it is an object with a `body`"),
        (
            with("actionEvent", json!({ "body": nested })),
            400,
            "`actionEvent`: it is nested at most 100 deep",
        ),
        (
            with("actionEvent", json!({ "body": "a".repeat(800_000) })),
            400,
            "longer than 1 MB when it is signed",
        ),
        (with("eventType", json!("")), 400, "`eventType`: it has 1 to 200 characters"),
        (with("id", json!("a".repeat(201))), 400, "`id`: it has 1 to 200 characters"),
        (
            with("identity", json!({ "identityType": "APP", "appId": "" })),
            400,
            "`identity`: it has 1 to 200",
        ),
        (
            with("identity", json!({ "identityType": "APP" })),
            400,
            "`identity`: missing field `appId`",
        ),
        (with("identity", json!({ "identityType": "BOT" })), 400, "unknown variant `BOT`"),
        (with("entityEventSequence", json!("one")), 400, "`entityEventSequence` is a whole number"),
        (with("eventTime", json!("2026")), 400, "`eventTime`: "),
        (with("instanceId", json!("nope")), 400, "`instanceId`: UUID parsing failed"),
        (with("entity", json!({})), 400, "unknown field `entity`"),
        (with("to", json!(7)), 400, "`to`: it is a text"),
        (with("to", json!("http://example.com/")), 400, "`to`: it is not on this machine"),
        (with("again", json!("an-id")), 400, "`again`: what is delivered again is as it was"),
        (json!({ "again": "an-id" }), 404, "no event was delivered with the id `an-id`"),
        (
            json!({ "again": "a".repeat(201) }),
            404,
            "no event was delivered with the id that was asked",
        ),
    ] {
        let answer = deliver(&wix, &asked).await;
        let message = answer.body["message"].as_str().unwrap_or_default();
        assert!(answer.status == status && message.contains(words), "{words} in {message}");
        assert!(message.len() < 1000, "{message}");
    }
    let nowhere = builder().start().await.expect("an emulator");
    let answer = deliver(&nowhere, &good).await;
    assert_eq!(answer.status, 400);
    let message = answer.body["message"].as_str().unwrap_or_default();
    assert!(message.contains("`to` in `[webhooks]`"), "{message}");
    assert!(wix.deliveries().is_empty() && nowhere.deliveries().is_empty());
}

#[tokio::test]
async fn a_test_is_told_what_is_wrong() {
    let app = App::start().await;
    let wix = start(&app).await;
    let long = "a".repeat(800_000);
    let words = message(|| wix.deliver(Webhook::action(PUBLISHED, &long)));
    assert_eq!(words, "the webhook is longer than 1 MB when it is signed; make its body shorter");
    let words = message(|| wix.deliver_again("an-id"));
    assert!(words.starts_with("no event was delivered with the id `an-id`"), "{words}");
    let words = message(|| wix.send_webhooks_to("https://127.0.0.1/"));
    assert!(words.starts_with("`https://127.0.0.1/`: only `http://` is spoken"), "{words}");
    let no_json = std::collections::BTreeMap::from([((1, 2), 3)]);
    let words = message(|| Webhook::created(PUBLISHED, &no_json));
    assert!(words.starts_with("the body of a webhook cannot be written as JSON: "), "{words}");
    assert!(wix.deliveries().is_empty());
}

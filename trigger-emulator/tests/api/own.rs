//! The emulator's own calls.

use super::*;

async fn turn(client: &Client, body: &Value) -> Answer {
    post(&client.wix, "/_emulator/clock", None, body.to_string()).await
}

async fn get(client: &Client, what: &str) -> Value {
    super::get(&client.wix, &format!("/_emulator/{what}")).await.body
}

#[tokio::test]
async fn the_clock_is_turned() {
    let client = Client::new(builder()).await;
    client.report(&payload()).await;
    let shown = get(&client, "clock").await;
    let due = "2026-03-30T22:00:00Z";
    let expected = |now: &str, next: Value| json!({ "now": now, "frozen": true, "next": next, "postsUnderWay": 0 });
    assert_eq!(shown, expected("2026-03-02T09:00:00Z", json!(due)));
    assert_eq!(
        turn(&client, &json!({ "advance": "P1D" })).await.body["now"],
        "2026-03-03T09:00:00Z"
    );
    let set = json!({ "set": "2026-03-04T00:00:00Z" });
    assert_eq!(turn(&client, &set).await.body["now"], "2026-03-04T00:00:00Z");
    assert_eq!(turn(&client, &json!({ "next": true })).await.body, expected(due, Value::Null));
    assert_eq!(client.states().await, [("ENDED".to_owned(), String::new())]);
    let back = turn(&client, &json!({ "set": "2026-03-04T00:00:00Z" })).await;
    assert_eq!(back.status, 400);
    let message = back.body["message"].as_str().expect("words").to_owned();
    assert!(message.contains("forward only"), "{message}");
    for wrong in [json!({}), json!({ "next": false }), json!({ "jump": true }), json!(5)] {
        let answer = turn(&client, &wrong).await;
        let message = answer.body["message"].as_str().expect("words").to_owned();
        assert!(answer.status == 400 && message.contains("runOut"), "{message}");
    }
    assert_eq!(turn(&client, &json!({ "run": true })).await.body["frozen"], false);
    assert_eq!(turn(&client, &json!({ "freeze": true })).await.body["frozen"], true);
    // The first token has expired by now.
    let later = token(&client.wix, "an-app", SITE).await.body["access_token"].clone();
    let client = Client { token: later.as_str().expect("a token").to_owned(), ..client };
    client.report(&json!({ "dueAt": "2027-01-01T00:00:00Z", "cents": 1 })).await;
    assert_eq!(turn(&client, &json!({ "runOut": true })).await.body["now"], "2027-01-01T00:00:00Z");
}

#[tokio::test]
async fn what_is_known_is_shown_and_forgotten() {
    let client = Client::new(builder()).await;
    let triggers = get(&client, "triggers").await;
    let first = json!({ "key": "invoice_due", "name": "A trigger", "scheduledAt": "dueAt" });
    assert_eq!(triggers[0], first);
    client.report(&payload()).await;
    let events = get(&client, "events").await;
    assert_eq!(events[0]["payload"], payload());
    assert_eq!(events[0]["instanceId"], SITE);
    let activations = get(&client, "activations").await;
    assert_eq!(activations[0]["id"], events[0]["activationIds"][0]);
    assert_eq!(activations[0]["next"], "2026-03-30T22:00:00Z");
    assert_eq!(activations[0]["history"].as_array().map(Vec::len), Some(2));
    assert_eq!(get(&client, "automations").await[0]["name"], "Default automation");
    post(&client.wix, "/_emulator/reset", None, String::new()).await;
    assert_eq!(get(&client, "events").await, json!([]));
    assert_eq!(get(&client, "activations").await, json!([]));
    assert_eq!(get(&client, "triggers").await, triggers);
}

//! What is told, and kept, of calls that were not taken.

use super::page::asked;
use super::*;

/// A trigger whose payload has a list of numbers, or of objects that need one.
fn lines() -> Builder {
    let inner = json!({ "type": "object", "required": ["cents"], "properties": {} });
    let schema = json!({
        "type": "object",
        "properties": {
            "numbers": { "type": "array", "items": { "type": "integer" } },
            "lines": { "type": "array", "items": inner },
        },
    });
    let trigger = TriggerDefinition::new("ordered", "Ordered", &schema).expect("a schema");
    Emulator::builder().at(now()).triggers(vec![trigger])
}

async fn ordered(client: &Client, payload: Value) -> Answer {
    client.call(REPORT, &json!({ "triggerKey": "ordered", "payload": payload })).await
}

/// A body has room for some hundred thousand mistakes, and each would be told twice.
#[tokio::test]
async fn an_answer_tells_a_hundred_mistakes_and_how_many_more_there_are() {
    let client = Client::new(lines()).await;
    for (payload, list, last) in [
        (json!({ "numbers": vec!["x"; 60_000] }), "violations", "message"),
        (json!({ "lines": vec![json!({}); 60_000] }), "missingProperties", ""),
    ] {
        let answer = ordered(&client, payload).await;
        let told = answer.error()["data"][list].as_array().expect("a list");
        assert_eq!(told.len(), 101);
        let last = told[100].get(last).unwrap_or(&told[100]);
        assert_eq!(last, "and 59900 more that are not listed");
        assert!(answer.body.to_string().len() < 32 << 10);
    }
    let long = ordered(&client, json!({ "numbers": ["x".repeat(1 << 20)] })).await;
    assert!(long.body.to_string().len() < 8 << 10);
    let key = json!({ "triggerKey": "k".repeat(1 << 20) });
    assert!(client.call(REPORT, &key).await.body.to_string().len() < 2 << 10);
}

async fn first_row(client: &Client) -> Value {
    let window = asked(client, "rows", json!({})).await;
    asked(client, "row", json!({ "id": window["rows"][0]["id"] })).await
}

/// `{}` in the place of what was sent is what nobody sent.
#[tokio::test]
async fn a_row_has_what_was_sent_and_a_payload_only_if_there_is_one() {
    let client = Client::new(lines()).await;
    let bulk = r#"{ "triggerKey": "ordered", "eventsInfo": 7.50 }"#;
    for (path, body, payload) in [
        (BULK_REPORT, bulk, None),
        (REPORT, "{ \"triggerKey\": ", None),
        (REPORT, "[1]", None),
        (REPORT, r#"{"triggerKey":"other"}"#, None),
        (
            REPORT,
            r#"{"triggerKey":"other","payload":{"cents":18446744073709551615}}"#,
            Some(r#"{"cents":18446744073709551615}"#),
        ),
    ] {
        post(&client.wix, path, Some(&client.token), body.to_owned()).await;
        let row = first_row(&client).await;
        assert_eq!(row["sent"], body);
        assert_eq!(row.get("payload").map(Value::to_string).as_deref(), payload, "{row}");
        assert_eq!(row.get("payloadText").and_then(Value::as_str), payload, "{row}");
    }
    let found = asked(&client, "rows", json!({ "text": "7.50" })).await;
    assert_eq!(found["rows"].as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn an_item_is_kept_as_it_was_sent_unless_it_is_long() {
    let client = Client::new(lines()).await;
    for (number, is_kept) in [("x".to_owned(), true), ("x".repeat(32 << 10), false)] {
        let item = json!({ "payload": { "numbers": [number] } });
        let body = json!({ "triggerKey": "ordered", "eventsInfo": [item] });
        client.call(BULK_REPORT, &body).await;
        let row = first_row(&client).await;
        assert_eq!(
            (&row["refused"]["call"], &row["triggerKey"]),
            (&json!("bulk report"), &json!("ordered"))
        );
        assert_eq!(row.get("payload"), is_kept.then_some(&item["payload"]), "{row}");
        let sent =
            if is_kept { item.to_string() } else { "32796 bytes: too many to be kept".to_owned() };
        assert_eq!(row["sent"], sent);
    }
}

/// A body that is none of the app's may be a secret, or a token, in any form.
#[tokio::test]
async fn what_may_be_a_secret_is_not_kept() {
    let app = AppAccess {
        id: "an-app".to_owned(),
        secret: "hush-7d1f".to_owned(),
        instances: vec![SITE.parse().expect("an id")],
        triggers: None,
    };
    let wix = lines().apps(vec![app]).start().await.expect("an emulator");
    let token = token_with(&wix, "hush-7d1f").await;
    for body in [
        "hush-7d1f".to_owned(),
        r#"{"Client_ID":"x","other":1}"#.to_owned(),
        format!("[\"{token}\"]"),
    ] {
        post(&wix, REPORT, Some(&token), body.clone()).await;
        let window = post(&wix, "/_emulator/rows", None, "{}".to_owned()).await.body;
        let id = json!({ "id": window["rows"][0]["id"] }).to_string();
        let row = post(&wix, "/_emulator/row", None, id).await.body;
        let words = format!("{} bytes: not kept, as there may be a secret in them", body.len());
        assert_eq!(row["sent"], words);
    }
}

async fn token_with(wix: &Emulator, secret: &str) -> String {
    let body = json!({
        "grant_type": "client_credentials", "client_id": "an-app", "client_secret": secret,
        "instance_id": SITE,
    });
    let answer = post(wix, "/oauth2/token", None, body.to_string()).await;
    answer.body["access_token"].as_str().expect("a token").to_owned()
}

#[tokio::test]
async fn a_row_tells_the_start_of_a_long_message() {
    let client = Client::new(lines()).await;
    ordered(&client, json!({ "numbers": vec!["x"; 60_000] })).await;
    let window = asked(&client, "rows", json!({})).await;
    let message = window["rows"][0]["refused"]["message"].as_str().expect("a message");
    assert!(message.starts_with("/numbers/0: ") && message.ends_with('…'), "{message}");
    assert_eq!(message.len(), 200 + '…'.len_utf8());
    let row = asked(&client, "row", json!({ "id": window["rows"][0]["id"] })).await;
    assert!(row.to_string().len() < 64 << 10);
}

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

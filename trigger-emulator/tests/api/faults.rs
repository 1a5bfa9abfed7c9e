//! Faults, as they are asked for over HTTP and as a client meets them.

use super::*;

async fn inject(client: &Client, fault: &Value) -> Answer {
    post(&client.wix, "/_emulator/faults", None, fault.to_string()).await
}

async fn faults(client: &Client) -> Value {
    get(&client.wix, "/_emulator/faults").await.body
}

/// What a report is answered with; nothing, if the connection is cut.
async fn report(client: &Client) -> Option<u16> {
    let body = json!({ "triggerKey": "invoice_due", "payload": payload() }).to_string();
    let (length, token) = (body.len(), &client.token);
    let head = format!("POST {REPORT} HTTP/1.1\r\n{HOST}authorization: {token}");
    let mut stream = TcpStream::connect(client.wix.address()).await.expect("it listens");
    let request = format!("{head}\r\ncontent-length: {length}\r\n\r\n{body}");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    // A connection that is cut may be reset.
    let _ = stream.read_to_string(&mut answer).await;
    answer.split(' ').nth(1).map(|status| status.parse().expect("a status"))
}

async fn accepted(client: &Client) -> usize {
    get(&client.wix, "/_emulator/events").await.body.as_array().map_or(0, Vec::len)
}

#[tokio::test]
async fn a_status_strikes_so_many_calls_and_nothing_is_accepted() {
    let client = Client::new(builder()).await;
    let fault = json!({ "status": 503, "triggerKey": "invoice_due", "times": 2 });
    let listed = inject(&client, &fault).await;
    assert_eq!(listed.status, 200);
    assert_eq!(listed.body[0]["status"], 503);
    let struck = client.report(&payload()).await;
    assert_eq!((struck.status, &struck.body["message"]), (503, &json!("")));
    assert_eq!(faults(&client).await[0]["times"], 1);
    assert_eq!(faults(&client).await[0]["struck"], 1);
    assert_eq!(report(&client).await, Some(503));
    assert_eq!((report(&client).await, accepted(&client).await), (Some(200), 1));
    assert_eq!(faults(&client).await, json!([]));
}

#[tokio::test]
async fn a_connection_is_cut_before_or_after_the_event_is_accepted() {
    let client = Client::new(builder()).await;
    inject(&client, &json!({ "cut": "before", "times": 1 })).await;
    assert_eq!((report(&client).await, accepted(&client).await), (None, 0));
    inject(&client, &json!({ "cut": "after", "times": 1 })).await;
    assert_eq!((report(&client).await, accepted(&client).await), (None, 1));
}

#[tokio::test]
async fn a_delay_is_that_of_the_answer() {
    let client = Client::new(builder()).await;
    inject(&client, &json!({ "delay": "300ms", "times": 1 })).await;
    let begun = std::time::Instant::now();
    let answer = report(&client);
    let seen = async {
        tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        (accepted(&client).await, begun.elapsed())
    };
    let (answer, (accepted, at)) = tokio::join!(answer, seen);
    let took = begun.elapsed();
    assert_eq!((answer, accepted), (Some(200), 1));
    assert!(took.as_millis() >= 300 && at < took, "{took:?} {at:?}");
}

#[tokio::test]
async fn a_share_of_a_bulk_calls_items_fails() {
    let client = Client::new(builder()).await;
    inject(&client, &json!({ "items": 0.5, "seed": 3 })).await;
    let item = json!({ "payload": payload(), "externalEntityId": INVOICE });
    let all = json!({ "triggerKey": "invoice_due", "eventsInfo": vec![item; 10] });
    let answer = client.call(BULK_REPORT, &all).await;
    assert_eq!(answer.status, 200);
    assert_eq!(answer.body["bulkActionMetadata"]["totalFailures"], 5);
    let results = answer.body["results"].as_array().expect("a list").clone();
    let failed = results.iter().map(|it| &it["itemMetadata"]["error"]["code"]);
    assert_eq!(failed.filter(|code| **code == "INTERNAL").count(), 5);
    assert_eq!(accepted(&client).await, 5);
    let ids = json!({ "triggerKey": "invoice_due", "externalEntityIds": [INVOICE] });
    let answer = client.call(BULK_CANCEL, &ids).await;
    assert_eq!(answer.body["bulkActionMetadata"]["totalFailures"], 1);
    assert_eq!(client.states().await[0].0, "SCHEDULED");
    // Calls of one item are not struck.
    assert_eq!(report(&client).await, Some(200));
}

#[tokio::test]
async fn an_expired_token_stays_expired() {
    let client = Client::new(builder()).await;
    inject(&client, &json!({ "expiredToken": true, "times": 1 })).await;
    assert_eq!(report(&client).await, Some(401));
    assert_eq!(report(&client).await, Some(401));
    let again = token(&client.wix, "an-app", SITE).await.body["access_token"].clone();
    let client = Client { token: again.as_str().expect("a token").to_owned(), ..client };
    assert_eq!(report(&client).await, Some(200));
}

#[tokio::test]
async fn faults_are_taken_back() {
    let client = Client::new(builder()).await;
    inject(&client, &json!({ "status": 500, "probability": 1.0, "seed": 1 })).await;
    assert_eq!(report(&client).await, Some(500));
    let cleared =
        send(&client.wix, &format!("DELETE /_emulator/faults HTTP/1.1\r\n{HOST}\r\n")).await;
    assert_eq!((cleared.status, cleared.body), (200, json!([])));
    assert_eq!(report(&client).await, Some(200));
}

#[tokio::test]
async fn what_is_no_fault_is_told() {
    let client = Client::new(builder()).await;
    for (fault, words) in [
        (json!({}), "a fault is one of"),
        (json!({ "status": 500, "cut": "after" }), "one kind, and this is `status` and `cut`"),
        (json!({ "expiredToken": false }), "a fault is one of"),
        (json!({ "status": 200 }), "400 to 599"),
        (json!({ "delay": "2h" }), "an hour at most"),
        (json!({ "delay": "-1s" }), "not negative"),
        (json!({ "items": 0 }), "more than 0"),
        (json!({ "items": 1.5 }), "at most 1"),
        (json!({ "status": 500, "probability": 2 }), "from 0 to 1"),
        (json!({ "status": 500, "time": 2 }), "unknown field `time`"),
        (json!({ "status": 500, "times": 0 }), "one call or more"),
        (json!({ "status": 500, "seed": 7 }), "a `seed` chooses among calls"),
        (json!({ "status": 500, "triggerKey": "invoice_deu" }), "did you mean `invoice_due`?"),
        (json!({ "cut": "never" }), "unknown variant `never`"),
        (json!(5), "such as"),
    ] {
        let answer = inject(&client, &fault).await;
        let message = answer.body["message"].as_str().expect("words");
        assert!(answer.status == 400 && message.contains(words), "{fault}: {message}");
    }
    assert_eq!(faults(&client).await, json!([]));
}

#[tokio::test]
async fn a_seed_is_listed_and_chooses_the_items() {
    let failed = async |fault: Value| {
        let client = Client::new(builder()).await;
        let listed = inject(&client, &fault).await.body[0]["seed"].clone();
        let item = json!({ "payload": payload() });
        let all = json!({ "triggerKey": "invoice_due", "eventsInfo": vec![item; 20] });
        let answer = client.call(BULK_REPORT, &all).await.body;
        let results = answer["results"].as_array().expect("a list").iter();
        let failed = results.map(|it| it["itemMetadata"]["success"] == false);
        (listed, failed.collect::<Vec<_>>())
    };
    let (none, of_none) = failed(json!({ "items": 0.5 })).await;
    let (seven, of_seven) = failed(json!({ "items": 0.5, "seed": 7 })).await;
    assert_eq!((none, seven), (json!(0), json!(7)));
    assert_ne!(of_none, of_seven);
    assert_eq!(of_seven, failed(json!({ "items": 0.5, "seed": 7 })).await.1);
    let client = Client::new(builder()).await;
    let listed = inject(&client, &json!({ "status": 500, "probability": 0.5, "seed": 3 })).await;
    assert_eq!(listed.body[0]["seed"], 3);
    assert_eq!(inject(&client, &json!({ "status": 500 })).await.body[1]["seed"], Value::Null);
}

#[tokio::test]
async fn a_hundred_faults_are_in_force_at_most() {
    let client = Client::new(builder()).await;
    for _ in 0..100 {
        client.wix.inject(Fault::status(503).of_key("invoice_due"));
    }
    let one_more = inject(&client, &json!({ "status": 500 })).await;
    let words = "100 faults are in force already: take them back first";
    assert_eq!((one_more.status, &one_more.body["message"]), (400, &json!(words)));
    client.wix.clear_faults();
    assert_eq!(inject(&client, &json!({ "status": 500 })).await.status, 200);
}

#[tokio::test]
#[should_panic(expected = "no trigger has the key `invoice_deu`; did you mean `invoice_due`?")]
async fn a_fault_of_no_trigger_strikes_nothing() {
    Client::new(builder()).await.wix.inject(Fault::status(503).of_key("invoice_deu"));
}

#[tokio::test]
#[should_panic(expected = "a `seed` chooses among calls")]
async fn a_seed_has_something_to_choose() {
    Client::new(builder()).await.wix.inject(Fault::status(503).seed(7));
}

#[test]
#[should_panic(expected = "a fault strikes one call or more")]
fn a_fault_strikes_at_least_once() {
    let _ = Fault::status(503).times(0);
}

//! A cancel's reach, conflicts, and the state out and in again.

use super::*;

const OTHER: &str = "00000000-0000-4000-8000-00000000c002";

async fn report(client: &Client, note: &str, key: Option<&str>) -> Answer {
    let mut body = json!({
        "triggerKey": "invoice_due",
        "payload": { "dueAt": "2026-03-30T22:00:00Z", "cents": 1, "note": note, "orderId": note },
        "externalEntityId": INVOICE,
    });
    if let Some(key) = key {
        body["idempotency"] = json!({ "key": key });
    }
    client.call(REPORT, &body).await
}

async fn reach(client: &Client, asked: &Value) -> Answer {
    post(&client.wix, "/_emulator/cancel-reach", None, asked.to_string()).await
}

#[tokio::test]
async fn a_cancels_reach_is_told_beforehand() {
    let client = Client::new(builder()).await;
    report(&client, "a", None).await;
    report(&client, "b", None).await;
    let asked = json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE });
    let told = reach(&client, &asked).await;
    assert_eq!(told.status, 200);
    let events = told.body["events"].as_array().expect("a list");
    assert_eq!(events.len(), 2);
    assert_eq!(events[1]["payload"]["note"], "b");
    assert_eq!((&events[1]["appId"], &events[1]["instanceId"]), (&json!("an-app"), &json!(SITE)));
    let action = json!([{
        "automation": "Default automation",
        "action": "Default automation",
        "at": "2026-03-30T22:00:00Z",
    }]);
    assert_eq!(events[0]["actions"], action);
    let warning = "these events share the external entity id, and differ in `orderId`: a (1 event), b (1 event)";
    assert_eq!(told.body["warnings"], json!([warning]));
    // Nothing was done.
    assert_eq!(client.states().await.iter().filter(|it| it.0 == "SCHEDULED").count(), 2);
    for (changes, count) in [
        (json!({ "instanceId": SITE }), 2),
        (json!({ "instanceId": OTHER }), 0),
        (json!({ "externalEntityId": OTHER }), 0),
        (json!({ "triggerKey": "class_full" }), 0),
    ] {
        let mut asked = asked.clone();
        for (name, value) in changes.as_object().expect("an object") {
            asked[name] = value.clone();
        }
        let told = reach(&client, &asked).await;
        assert_eq!(told.body["events"].as_array().map(Vec::len), Some(count), "{asked}");
    }
    client.call(CANCEL, &asked).await;
    assert_eq!(reach(&client, &asked).await.body, json!({ "events": [], "warnings": [] }));
    let unknown = json!({ "triggerKey": "none", "externalEntityId": INVOICE });
    assert_eq!(reach(&client, &unknown).await.status, 404);
    let answer = reach(&client, &json!({ "triggerKey": "invoice_due" })).await;
    let message = answer.body["message"].as_str().expect("words");
    assert!(answer.status == 400 && message.contains("`externalEntityId`"), "{message}");
}

#[tokio::test]
async fn events_that_are_about_the_same_give_no_warning() {
    let client = Client::new(builder()).await;
    report(&client, "a", None).await;
    report(&client, "a", None).await;
    // No cancel of one app stops what is another's.
    let another = token(&client.wix, "another-app", SITE).await.body["access_token"].clone();
    let another = Client { token: another.as_str().expect("a token").to_owned(), ..client };
    report(&another, "b", None).await;
    let asked = json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE });
    let told = reach(&another, &asked).await.body;
    assert_eq!((told["events"].as_array().map(Vec::len), &told["warnings"]), (Some(3), &json!([])));
}

/// Where a cancel stays on its site, what differs between sites is no mistake, and what differs in
/// the same way on each is told once.
#[tokio::test]
async fn a_warning_is_of_what_one_cancel_reaches() {
    let asked = json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE });
    for (stays, notes, count) in [
        (true, [["a", "a"], ["b", "b"]], 0),
        (false, [["a", "a"], ["b", "b"]], 1),
        (true, [["a", "b"], ["a", "b"]], 1),
    ] {
        let builder = builder().assume(Assumption::CancelsStayOnTheirSite, stays);
        let mut client = Client::new(builder).await;
        for (site, notes) in [SITE, OTHER].into_iter().zip(notes) {
            let token = token(&client.wix, "an-app", site).await.body["access_token"].clone();
            client.token = token.as_str().expect("a token").to_owned();
            for note in notes {
                report(&client, note, None).await;
            }
        }
        let warnings = reach(&client, &asked).await.body["warnings"].clone();
        assert_eq!(warnings.as_array().map(Vec::len), Some(count), "{stays} {warnings}");
    }
}

#[tokio::test]
async fn a_key_that_comes_again_with_another_payload_is_marked() {
    let client = Client::new(builder()).await;
    let first = report(&client, "a", Some("key")).await;
    assert_eq!(report(&client, "a", Some("key")).await.body, first.body);
    assert_eq!(report(&client, "b", Some("key")).await.body, first.body);
    let events = get(&client.wix, "/_emulator/events").await.body;
    assert_eq!(events.as_array().map(Vec::len), Some(1));
    let at = "2026-03-02T09:00:00Z";
    let expected = json!([
        { "at": at, "conflict": null },
        { "at": at, "conflict": ["payload.note", "payload.orderId"] },
    ]);
    assert_eq!(events[0]["repeats"], expected);
    assert!(client.wix.history().contains(" CONFLICT, "), "{}", client.wix.history());
}

#[tokio::test]
async fn a_state_goes_out_and_in_again() {
    let client = Client::new(builder()).await;
    client.wix.clock().advance(1.hour());
    let first = report(&client, "a", Some("key")).await;
    let state = get(&client.wix, "/_emulator/state").await;
    assert_eq!(state.status, 200);

    let other = Client::new(builder()).await;
    report(&other, "forgotten", None).await;
    let put = |state: String| {
        let length = state.len();
        format!("PUT /_emulator/state HTTP/1.1\r\n{HOST}content-length: {length}\r\n\r\n{state}")
    };
    let clock = send(&other.wix, &put(state.body.to_string())).await;
    assert_eq!((clock.status, &clock.body["now"]), (200, &json!("2026-03-02T10:00:00Z")));
    assert_eq!(get(&other.wix, "/_emulator/state").await.body, state.body);
    // The tokens of before are none any more.
    assert_eq!(report(&other, "a", Some("key")).await.status, 401);
    let token = token(&other.wix, "an-app", SITE).await.body["access_token"].clone();
    let other = Client { token: token.as_str().expect("a token").to_owned(), ..other };
    assert_eq!(report(&other, "a", Some("key")).await.body, first.body);
    other.wix.clock().run_out();
    assert_eq!(other.states().await[0].0, "ENDED");

    let mut newer = state.body.clone();
    newer["state"]["version"] = json!(2);
    for (wrong, words) in [
        ("{".to_owned(), "line 1, column 1: no emulator wrote this: EOF"),
        ("[]".to_owned(), "no emulator wrote this"),
        (newer.to_string(), "line 1: it is of the form 2"),
    ] {
        let answer = send(&other.wix, &put(wrong)).await;
        let message = answer.body["message"].as_str().expect("words");
        assert!(answer.status == 400 && message.contains(words), "{message}");
    }
    assert_eq!(other.states().await[0].0, "ENDED");
}

/// Writes to a text that the test can read.
#[derive(Clone, Default)]
pub(super) struct Tape(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl Tape {
    pub(super) fn text(&self) -> String {
        String::from_utf8(self.0.lock().expect("nobody panicked").clone()).expect("UTF-8")
    }
}

impl std::io::Write for Tape {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().expect("nobody panicked").extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_history_that_is_done_again_gives_the_same_state() {
    let tape = Tape::default();
    let client = Client::new(builder().record(tape.clone())).await;
    report(&client, "a", Some("key")).await;
    report(&client, "b", Some("key")).await;
    client.wix.clock().advance(1.hour());
    client.call(CANCEL, &json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE })).await;
    report(&client, "c", None).await;
    client.wix.clock().advance(20.days());
    let history = tape.text();
    assert!(!history.contains(&client.token) && !history.contains("not-a-secret"), "{history}");

    let fresh = builder().start().await.expect("an emulator");
    assert_eq!(fresh.replay(&history).expect("a history"), history.lines().count());
    assert_eq!(fresh.save(), client.wix.save());

    // A line that was cut off is told, and those before it were done.
    let cut = history.trim_end();
    let fresh = builder().start().await.expect("an emulator");
    let error = fresh.replay(&cut[..cut.len() - 1]).expect_err("half a line").to_string();
    let line = format!("line {}, ", history.lines().count());
    assert!(error.starts_with(&line) && error.contains("EOF"), "{error}");
    let events = get(&fresh, "/_emulator/events").await.body;
    assert_eq!(events.as_array().map(Vec::len), Some(2));
}

#[tokio::test]
async fn what_is_over_is_forgotten_while_it_serves() {
    let client = Client::new(builder().remember(10)).await;
    for _ in 0..50 {
        let body = json!({ "triggerKey": "class_full", "payload": {} });
        assert_eq!(client.call(REPORT, &body).await.status, 200);
    }
    let kept = get(&client.wix, "/_emulator/events").await.body.as_array().map_or(0, Vec::len);
    assert!((2..10).contains(&kept), "{kept}");
}

/// A disk that is full.
struct Full;

impl std::io::Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A history with a gap would give another state.
#[tokio::test]
async fn a_history_that_cannot_be_written_ends_once() {
    let (sender, told) = std::sync::mpsc::channel();
    let tell = move |line: &str| {
        // Nobody listens at the end.
        let _ = sender.send(line.to_owned());
    };
    let client = Client::new(builder().record(Full).observer(tell)).await;
    for _ in 0..3 {
        assert_eq!(report(&client, "a", None).await.status, 200);
    }
    let ended = told.try_iter().filter(|it| it.starts_with("the history is no longer recorded: "));
    assert_eq!(ended.count(), 1);
}

/// What was reported for it is not lost with its schema.
#[tokio::test]
async fn a_trigger_that_is_gone_is_none_to_a_state_or_a_history() {
    let tape = Tape::default();
    let client = Client::new(builder().record(tape.clone())).await;
    report(&client, "a", Some("key")).await;
    let history = tape.text();
    let of_another = || {
        let other = TriggerDefinition::new("other", "A trigger", &json!({})).expect("a schema");
        builder().triggers(vec![other]).start()
    };
    let loaded = of_another().await.expect("an emulator");
    loaded.load(&client.wix.save()).expect("a state");
    let replayed = of_another().await.expect("an emulator");
    replayed.replay(&history).expect("a history");
    for wix in [loaded, replayed] {
        wix.clock().run_out();
        assert!(wix.history().contains(" ran `Default automation`"), "{}", wix.history());
        let triggers = get(&wix, "/_emulator/triggers").await.body;
        assert_eq!(triggers.as_array().map(Vec::len), Some(1), "{triggers}");
        let client = Client::new(builder()).await;
        client.wix.load(&wix.save()).expect("a state");
        assert_eq!(client.wix.history(), wix.history());
    }
}

#[derive(serde::Serialize, trigger_core::Trigger)]
#[trigger(key = "class_full")]
struct ClassFull {
    seats: u32,
}

#[tokio::test]
async fn a_reach_tells_of_what_waits_to_end() {
    let client = Client::new(builder()).await;
    client.wix.automation::<ClassFull>("Wait").action("Act").delay(1.day());
    let body = json!({ "triggerKey": "class_full", "payload": {}, "externalEntityId": INVOICE });
    assert_eq!(client.call(REPORT, &body).await.status, 200);
    let asked = json!({ "triggerKey": "class_full", "externalEntityId": INVOICE });
    let told = reach(&client, &asked).await.body;
    assert_eq!(told["events"][0]["actions"], json!([]));
    client.wix.clock().advance(1.day());
    assert_eq!(reach(&client, &asked).await.body["events"], json!([]));
}

#[tokio::test]
async fn a_reach_tells_of_posts_and_of_one_app() {
    let client = Client::new(builder()).await;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let hook = format!("http://{}/", listener.local_addr().expect("an address"));
    client.wix.automation::<ClassFull>("Tell").post_to(&hook).delay(1.day());
    let body = json!({ "triggerKey": "class_full", "payload": {}, "externalEntityId": INVOICE });
    assert_eq!(client.call(REPORT, &body).await.status, 200);
    let asked = json!({ "triggerKey": "class_full", "externalEntityId": INVOICE });
    let now = "2026-03-02T09:00:00Z";
    let posting = json!([{ "automation": "Tell", "action": "Tell", "at": now }]);
    let told = reach(&client, &asked).await.body;
    assert_eq!(told["events"][0]["actions"], posting);
    drop(listener);
    client.wix.posts_answered().await;
    let again = json!([{ "automation": "Tell", "action": "Tell", "at": "2026-03-02T09:01:00Z" }]);
    assert_eq!(reach(&client, &asked).await.body["events"][0]["actions"], again);
    let elsewhere =
        json!({ "appId": "another", "triggerKey": "class_full", "externalEntityId": INVOICE });
    assert_eq!(reach(&client, &elsewhere).await.body["events"], json!([]));
}

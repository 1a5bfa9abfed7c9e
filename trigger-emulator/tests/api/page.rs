//! The page, and the calls that it makes.

use std::time::Duration;

use tokio::time::timeout;

use super::*;

/// Head and body, as they came.
async fn raw(wix: &Emulator, path: &str, headers: &str) -> (String, String) {
    let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
    let request = format!("GET {path} HTTP/1.1\r\n{HOST}{headers}\r\n");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an empty line");
    (head.to_lowercase(), body.to_owned())
}

pub(super) async fn asked(client: &Client, what: &str, body: Value) -> Value {
    let answer = post(&client.wix, &format!("/_emulator/{what}"), None, body.to_string()).await;
    assert_eq!(answer.status, 200, "{answer:?}");
    answer.body
}

fn ids(window: &Value) -> Vec<&str> {
    let rows = window["rows"].as_array().expect("rows");
    rows.iter().map(|row| row["id"].as_str().expect("an id")).collect()
}

const BROWSER: &str = "accept: text/html,application/xhtml+xml,*/*;q=0.8\r\n";

#[tokio::test]
async fn a_browser_gets_the_page_and_a_program_the_list() {
    let wix = builder().start().await.expect("an emulator");
    let (head, body) = raw(&wix, "/", BROWSER).await;
    assert!(head.contains("content-type: text/html; charset=utf-8"), "{head}");
    assert!(body.starts_with("<!doctype html>"), "{body}");
    for headers in ["", "accept: */*\r\n", "accept: application/json\r\n"] {
        let (head, body) = raw(&wix, "/", headers).await;
        assert!(head.contains("content-type: application/json"), "{head}");
        assert!(head.contains("vary: accept"), "{head}");
        assert!(body.starts_with("{\"calls\":["), "{body}");
    }
}

/// All files that a file names, and those that these name.
async fn loaded(wix: &Emulator) -> Vec<(String, String, String)> {
    let mut wanted = vec!["/".to_owned()];
    let mut loaded: Vec<(String, String, String)> = Vec::new();
    while let Some(path) = wanted.pop() {
        if loaded.iter().any(|(known, ..)| *known == path) {
            continue;
        }
        let (head, body) = raw(wix, &path, BROWSER).await;
        assert!(head.starts_with("http/1.1 200"), "{path}: {head}");
        for name in body.split(['"', '\'']) {
            if let Some(name) = name.strip_prefix("./").filter(|_| path.contains("/page/")) {
                wanted.push(format!("/_emulator/page/{name}"));
            } else if name.starts_with("/_emulator/page/") {
                wanted.push(name.to_owned());
            }
        }
        loaded.push((path, head, body));
    }
    loaded
}

#[tokio::test]
async fn all_that_the_page_loads_is_its_own_and_small_and_under_its_policy() {
    let wix = builder().start().await.expect("an emulator");
    let loaded = loaded(&wix).await;
    assert!(loaded.len() > 15, "{}", loaded.len());
    for (path, head, _) in &loaded {
        for header in [
            "content-security-policy: default-src 'none';",
            "script-src 'self'; style-src 'self'",
            "frame-ancestors 'none'",
            "x-content-type-options: nosniff",
            "referrer-policy: no-referrer",
        ] {
            assert!(head.contains(header), "{path}: {head}");
        }
        assert!(!head.contains("unsafe"), "{path}: {head}");
    }
    let bytes: usize = loaded.iter().map(|(.., body)| body.len()).sum();
    assert!(bytes < 100_000, "{bytes}");
}

#[tokio::test]
async fn a_page_of_another_site_has_no_part_in_it() {
    let wix = builder().start().await.expect("an emulator");
    let origin = format!("origin: http://{}\r\n", wix.address());
    for path in ["/", "/_emulator/page/main.js", "/_emulator/live", "/_emulator/overview"] {
        for foreign in [
            "sec-fetch-site: cross-site\r\n",
            "sec-fetch-site: same-site\r\n",
            "origin: http://evil.example\r\n",
            &origin,
        ] {
            let (head, _) = raw(&wix, path, &format!("{BROWSER}{foreign}")).await;
            // The last one is another origin, too: the host that is asked for is 127.0.0.1 alone.
            assert!(head.starts_with("http/1.1 403"), "{path} {foreign}: {head}");
        }
    }
    let own = "sec-fetch-site: same-origin\r\norigin: http://127.0.0.1\r\n";
    let (head, _) = raw(&wix, "/_emulator/overview", own).await;
    assert!(head.starts_with("http/1.1 200"), "{head}");
}

#[tokio::test]
async fn what_was_reported_comes_in_windows() {
    let client = Client::new(builder()).await;
    for seats in 0..250 {
        let body = json!({ "triggerKey": "class_full", "payload": { "seats": seats } });
        client.call(REPORT, &body).await;
        if seats % 100 == 0 {
            client.report(&json!({ "note": "Gross" })).await;
        }
    }
    let (mut all, mut before) = (Vec::new(), Value::Null);
    loop {
        let window = asked(&client, "rows", json!({ "limit": 100, "before": before })).await;
        assert!(ids(&window).len() <= 100);
        assert_eq!((&window["events"], &window["refused"]), (&json!(250), &json!(3)));
        all.extend(ids(&window).into_iter().map(str::to_owned));
        before = window["next"].clone();
        if before.is_null() {
            break;
        }
    }
    let mut expected: Vec<_> = (0..250).rev().map(|it| it.to_string()).collect();
    // Each one that was refused is below the event that came after it.
    for (refused, after) in [(2, 201), (1, 101), (0, 1)] {
        let place = expected.iter().position(|it| *it == after.to_string()).expect("it is there");
        expected.insert(place + 1, format!("{after}-{refused}"));
    }
    assert_eq!(all, expected);
    assert_eq!(ids(&asked(&client, "rows", json!({})).await).len(), 100);
    assert_eq!(ids(&asked(&client, "rows", json!({ "limit": 9999 })).await).len(), 200);
}

#[tokio::test]
async fn rows_are_filtered() {
    let client = Client::new(builder()).await;
    let mut body = json!({ "triggerKey": "invoice_due", "payload": payload() });
    body["externalEntityId"] = json!(INVOICE);
    body["payload"]["note"] = json!("Größe <b>");
    client.call(REPORT, &body).await;
    client.call(REPORT, &json!({ "triggerKey": "class_full", "payload": { "seats": 7 } })).await;
    client.call(REPORT, &json!({ "triggerKey": "class_full", "payload": { "seats": "7" } })).await;
    let keyed = json!({ "triggerKey": "class_full", "idempotency": { "key": "once" } });
    client.call(REPORT, &keyed).await;
    client.call(REPORT, &keyed).await;
    for (filter, expected) in [
        (json!({}), vec!["2", "2-0", "1", "0"]),
        (json!({ "triggerKey": "class_full" }), vec!["2", "2-0", "1"]),
        (json!({ "entity": "C001" }), vec!["0"]),
        (json!({ "state": "SCHEDULED" }), vec!["0"]),
        (json!({ "state": "ENDED" }), vec!["2", "1"]),
        (json!({ "state": "REFUSED" }), vec!["2-0"]),
        (json!({ "state": "REPEATED" }), vec!["2"]),
        (json!({ "state": "CONFLICT" }), vec![]),
        (json!({ "text": "größe <B" }), vec!["0"]),
        (json!({ "text": "is not of type" }), vec!["2-0"]),
        (json!({ "text": "seats", "triggerKey": "invoice_due" }), vec![]),
    ] {
        assert_eq!(ids(&asked(&client, "rows", filter.clone()).await), expected, "{filter}");
    }
    for wrong in ["x", "+5", "5-+1", "-1", "5-"] {
        let wrong = json!({ "before": wrong }).to_string();
        assert_eq!(
            post(&client.wix, "/_emulator/rows", None, wrong.clone()).await.status,
            400,
            "{wrong}"
        );
    }
    assert_eq!(ids(&asked(&client, "rows", json!({ "state": "" })).await).len(), 4);
    let wrong =
        post(&client.wix, "/_emulator/rows", None, json!({ "state": "NOSUCH" }).to_string());
    let words = wrong.await.body["message"].to_string();
    assert!(words.contains("a `state` is one of INITIATED, SCHEDULED"), "{words}");
}

/// Which check a refused call failed.
#[tokio::test]
async fn a_refused_call_tells_the_check_that_it_failed() {
    let client = Client::new(builder().calls_per_minute(6)).await;
    let report =
        |payload: Value| json!({ "triggerKey": "invoice_due", "payload": payload }).to_string();
    let entity = json!({ "triggerKey": "invoice_due", "externalEntityId": "x" }).to_string();
    let token = Some(&*client.token);
    client.wix.inject(Fault::status(503).times(1));
    for (token, body) in [
        (token, report(payload())),
        (Some("none"), report(payload())),
        (token, "{".to_owned()),
        (token, entity),
        (token, json!({ "triggerKey": "none_such" }).to_string()),
        (token, report(json!({}))),
        (token, report(json!({ "dueAt": "", "cents": "x" }))),
        (token, report(payload())),
        (token, report(payload())),
    ] {
        post(&client.wix, REPORT, token, body).await;
    }
    let mut failed = Vec::new();
    for id in ["0-0", "0-1", "0-2", "0-3", "0-4", "0-5", "0-6", "1-7"] {
        let row = asked(&client, "row", json!({ "id": id })).await;
        let checks = row["checks"].as_array().expect("a list");
        let own = checks.iter().find(|check| check["outcome"] == "failed").expect("one");
        failed.push(own["name"].as_str().expect("a name").to_owned());
    }
    let expected = [
        "Connection",
        "Token",
        "Fields",
        "Fields",
        "Trigger",
        "Required properties",
        "Schema",
        "Calls a minute",
    ];
    assert_eq!(failed, expected);
    // A part of another name is none.
    let none = json!({ "id": "0-7" }).to_string();
    assert_eq!(post(&client.wix, "/_emulator/row", None, none).await.status, 404);
}

#[tokio::test]
async fn the_page_reports_as_an_app_without_its_secret() {
    let app = AppAccess {
        id: "invoices".to_owned(),
        secret: "not-a-secret-7".to_owned(),
        instances: vec![SITE.parse().expect("an id")],
        triggers: Some(vec!["invoice_due".to_owned()]),
    };
    let wix = builder().apps(vec![app]).start().await.expect("an emulator");
    let client = Client { wix, token: String::new() };
    let (_, overview) = raw(&client.wix, "/_emulator/overview", "").await;
    assert!(overview.contains("\"id\":\"invoices\"") && !overview.contains("not-a-secret-7"));
    let other = "00000000-0000-4000-8000-00000000b002";
    for (app, site) in [("none-such", SITE), ("invoices", other)] {
        let body = json!({ "appId": app, "instanceId": site }).to_string();
        assert_eq!(post(&client.wix, "/_emulator/token", None, body).await.status, 400);
    }
    let token = asked(&client, "token", json!({ "appId": "invoices", "instanceId": SITE })).await;
    let token = token["access_token"].as_str();
    let body = |key: &str| json!({ "triggerKey": key, "payload": payload() }).to_string();
    assert_eq!(post(&client.wix, REPORT, token, body("invoice_due")).await.status, 200);
    assert_eq!(post(&client.wix, REPORT, token, body("class_full")).await.status, 403);
}

#[tokio::test]
async fn a_fault_is_taken_back_by_its_place() {
    let client = Client::new(builder()).await;
    for status in [500, 503] {
        client.wix.inject(Fault::status(status));
    }
    let delete = |place: &str| format!("DELETE /_emulator/faults/{place} HTTP/1.1\r\n{HOST}\r\n");
    let left = send(&client.wix, &delete("0")).await.body;
    assert_eq!((left.as_array().map(Vec::len), &left[0]["status"]), (Some(1), &json!(503)));
    for wrong in ["1", "x", "-1"] {
        assert_eq!(send(&client.wix, &delete(wrong)).await.status, 404);
    }
}

/// A connection on which changes are told.
struct Live(TcpStream);

impl Live {
    async fn open(wix: &Emulator) -> Self {
        let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
        let request = format!("GET /_emulator/live HTTP/1.1\r\n{HOST}\r\n");
        stream.write_all(request.as_bytes()).await.expect("it reads");
        Self(stream)
    }

    /// The next note.
    async fn note(&mut self) -> Value {
        let mut text = String::new();
        let note = async {
            loop {
                let mut bytes = [0; 4096];
                let count = self.0.read(&mut bytes).await.expect("it goes on");
                assert_ne!(count, 0, "it ended: {text}");
                text.push_str(str::from_utf8(&bytes[..count]).expect("text"));
                if let Some((_, data)) = text.split_once("data: ")
                    && let Some((data, _)) = data.split_once("\n\n")
                {
                    return serde_json::from_str(data).expect("JSON");
                }
            }
        };
        timeout(Duration::from_secs(10), note).await.expect("at once")
    }
}

#[tokio::test]
async fn changes_are_told_and_a_slow_reader_holds_nobody_up() {
    let client = Client::new(builder()).await;
    let mut reads = Live::open(&client.wix).await;
    let mut reads_not = Live::open(&client.wix).await;
    let first = reads.note().await;
    assert_eq!(first["events"], 0);
    // A page that comes from another process reads all anew.
    let (_, overview) = raw(&client.wix, "/_emulator/overview", "").await;
    let overview: Value = serde_json::from_str(&overview).expect("JSON");
    let run = first["run"].as_str().and_then(|it| it.parse::<uuid::Uuid>().ok()).expect("an id");
    assert_eq!((run.get_version_num(), &overview["run"]), (4, &first["run"]));
    assert_eq!(reads_not.note().await["events"], 0);
    for count in 1..=500 {
        let body = json!({ "triggerKey": "class_full" });
        client.call(REPORT, &body).await;
        if count == 1 {
            assert_eq!(reads.note().await["events"], 1);
        }
    }
    // However many there were in between, it is told where all stands at last.
    while reads.note().await["events"] != 500 {}
    client.report(&json!({})).await;
    assert_eq!(reads.note().await["refused"], 1);
    client.wix.clock().advance(1.hour());
    reads.note().await;
    client.wix.inject(Fault::status(500));
    assert_eq!(reads.note().await["faults"], json!([1, 0]));
    // Whoever comes again knows at once what it missed.
    assert_eq!(Live::open(&client.wix).await.note().await["events"], 500);
}

/// What a thing is called stays, whatever is forgotten.
#[tokio::test]
async fn an_event_has_its_name_for_ever() {
    let client = Client::new(builder().remember(3)).await;
    client.report(&payload()).await;
    for seats in 0..50 {
        client
            .call(REPORT, &json!({ "triggerKey": "class_full", "payload": { "seats": seats } }))
            .await;
    }
    let waits = asked(&client, "row", json!({ "id": "0" })).await;
    assert_eq!(waits["payload"], payload());
    let last = asked(&client, "row", json!({ "id": "50" })).await;
    assert_eq!(last["payload"], json!({ "seats": 49 }));
    let gone = json!({ "id": "1" }).to_string();
    assert_eq!(post(&client.wix, "/_emulator/row", None, gone).await.status, 404);
    let another = builder().start().await.expect("an emulator");
    another.load(&client.wix.save()).expect("a state");
    let body = json!({ "id": "50" }).to_string();
    assert_eq!(post(&another, "/_emulator/row", None, body).await.status, 200);
}

//! Which calls there are, and what becomes of those that there are not.

use std::sync::{Arc, Mutex};

use super::*;

/// An emulator, and the lines that it has told.
async fn told(builder: Builder) -> (Emulator, Arc<Mutex<Vec<String>>>) {
    let lines = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&lines);
    let tell = move |line: &str| seen.lock().expect("no panic").push(line.to_owned());
    (builder.observer(tell).start().await.expect("an emulator"), lines)
}

#[tokio::test]
async fn all_calls_are_listed() {
    let client = Client::new(builder()).await;
    let answer = get(&client.wix, "/").await;
    let calls: Vec<_> = answer.body["calls"].as_array().expect("a list").iter().collect();
    assert_eq!(calls.len(), 23, "{calls:?}");
    // What that one answers does not end.
    let ends = |call: &&&Value| **call != "GET /_emulator/live";
    assert_eq!(calls.iter().filter(ends).count(), 22);
    for call in calls.iter().filter(ends) {
        let (methods, path) = call.as_str().and_then(|it| it.rsplit_once(' ')).expect("a call");
        let mut taken = Vec::new();
        for method in ["GET", "POST", "PUT", "DELETE"] {
            let head = format!("{method} {path} HTTP/1.1\r\n{HOST}content-length: 0\r\n\r\n");
            let answer = send(&client.wix, &head).await;
            let words = answer.body["message"].as_str().unwrap_or_default();
            let is_none = answer.status == 404 && words.starts_with("there is no call");
            assert!(!is_none, "{method} {path}");
            if answer.status != 405 {
                taken.push(method);
            }
        }
        assert_eq!(taken.join(", "), methods, "{path}");
    }
}

#[tokio::test]
async fn what_is_no_call_is_answered_with_where_they_are() {
    let (wix, lines) = told(builder()).await;
    for (call, status) in [("GET /v1/events/report", 404), ("DELETE /oauth2/token", 405)] {
        let answer = send(&wix, &format!("{call} HTTP/1.1\r\n{HOST}\r\n")).await;
        let words = format!("there is no call `{call}`; `GET /` lists all calls");
        assert_eq!((answer.status, &answer.body["message"]), (status, &json!(words)));
        let path = call.split_once(' ').expect("a path").1;
        let line = lines.lock().expect("no panic").pop();
        assert_eq!(line, Some(format!("refused {path}: {status} {words}")));
    }
}

#[tokio::test]
async fn a_refused_token_says_what_is_not_listed() {
    let app = AppAccess {
        id: "invoices".to_owned(),
        secret: "another-secret".to_owned(),
        instances: vec![SITE.parse().expect("an id")],
        triggers: None,
    };
    let good = AppAccess { secret: "not-a-secret".to_owned(), ..app.clone() };
    let other = "00000000-0000-4000-8000-00000000b002";
    for (apps, id, site, words) in [
        (&good, "invoice", SITE, "no app is listed with this client_id"),
        (&app, "invoices", SITE, "the client_secret is not that of the app `invoices`"),
        (
            &good,
            "invoices",
            other,
            "the app `invoices` is not listed with the instance_id `00000000-0000-4000-8000-00000000b002`",
        ),
    ] {
        let (wix, lines) = told(builder().apps(vec![apps.clone()])).await;
        let answer = token(&wix, id, site).await;
        assert_eq!(answer.status, 400);
        let expected = json!({ "error": "invalid_client", "error_description": words });
        assert_eq!(answer.body, expected);
        assert_eq!(
            *lines.lock().expect("no panic"),
            [format!("refused /oauth2/token: 400 {words}")]
        );
    }
}

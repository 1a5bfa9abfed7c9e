//! Wix's calls over a socket, as its reference has them.

mod calls;
mod expectations;
mod faults;
mod own;
mod page;
mod posts;
mod refused;
mod state;
#[cfg(feature = "cli")]
mod timeline;
mod webhooks;

use jiff::{Timestamp, ToSpan};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use trigger_emulator::{AppAccess, Assumption, Builder, Emulator, Fault, TriggerDefinition};

const REPORT: &str = "/automations/v1/events/report";
const BULK_REPORT: &str = "/automations/v1/events/bulk-report";
const CANCEL: &str = "/automations/v1/events/cancel";
const BULK_CANCEL: &str = "/automations/v1/events/bulk-cancel";

const SITE: &str = "00000000-0000-4000-8000-00000000b001";
const INVOICE: &str = "00000000-0000-4000-8000-00000000c001";

/// What each request says of its connection.
const HOST: &str = "host: 127.0.0.1\r\nconnection: close\r\n";

fn builder() -> Builder {
    let property = |ty: &str| json!({ "type": ty, "title": "T" });
    let due = json!({ "type": "string", "format": "date-time", "futureDate": true, "title": "T" });
    let date = json!({ "type": "string", "format": "date", "title": "T" });
    let invoice_due = json!({
        "type": "object",
        "properties": { "dueAt": due, "cents": property("integer"), "note": property("string"), "paidOn": date },
        "required": ["dueAt", "cents"],
    });
    let class_full = json!({ "type": "object", "properties": { "seats": property("integer") } });
    let triggers = [("invoice_due", invoice_due), ("class_full", class_full)];
    let triggers = triggers
        .map(|(key, schema)| TriggerDefinition::new(key, "A trigger", &schema).expect("a schema"));
    Emulator::builder().at(now()).triggers(triggers.into())
}

fn now() -> Timestamp {
    "2026-03-02T09:00:00Z".parse().expect("a time")
}

fn payload() -> Value {
    json!({ "dueAt": "2026-03-30T22:00:00Z", "cents": 12050 })
}

/// A status, two headers and a body.
#[derive(Debug)]
struct Answer {
    status: u16,
    request_id: String,
    retry_after: String,
    body: Value,
}

impl Answer {
    fn error(&self) -> &Value {
        &self.body["details"]["applicationError"]
    }

    /// The fields that are refused, each with the rule.
    fn violations(&self) -> Vec<(String, String)> {
        assert_eq!(self.status, 400, "{self:?}");
        let all = self.body["details"]["validationError"]["fieldViolations"].as_array();
        let all = all.unwrap_or_else(|| panic!("{self:?}"));
        let text = |value: &'_ Value| value.as_str().map(str::to_owned).unwrap_or_default();
        all.iter().map(|it| (text(&it["field"]), text(&it["violatedRule"]))).collect()
    }
}

fn owned((field, rule): (&str, &str)) -> (String, String) {
    (field.to_owned(), rule.to_owned())
}

struct Client {
    wix: Emulator,
    token: String,
}

impl Client {
    async fn new(builder: Builder) -> Self {
        let wix = builder.start().await.expect("an emulator");
        let token = token(&wix, "an-app", SITE).await.body["access_token"].clone();
        Self { wix, token: token.as_str().expect("a token").to_owned() }
    }

    async fn call(&self, path: &str, body: &Value) -> Answer {
        post(&self.wix, path, Some(&self.token), body.to_string()).await
    }

    async fn report(&self, payload: &Value) -> Answer {
        self.call(REPORT, &json!({ "triggerKey": "invoice_due", "payload": payload })).await
    }

    /// State and reason of each activation.
    async fn states(&self) -> Vec<(String, String)> {
        let all = get(&self.wix, "/_emulator/activations").await.body;
        let all = all.as_array().expect("a list");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        all.iter().map(|it| (text(&it["state"]), text(&it["reason"]))).collect()
    }
}

async fn token(wix: &Emulator, app: &str, site: &str) -> Answer {
    let body = json!({
        "grant_type": "client_credentials",
        "client_id": app,
        "client_secret": "not-a-secret",
        "instance_id": site,
    });
    post(wix, "/oauth2/token", None, body.to_string()).await
}

async fn post(wix: &Emulator, path: &str, token: Option<&str>, body: String) -> Answer {
    let authorization = token.map(|token| format!("authorization: {token}\r\n"));
    let authorization = authorization.unwrap_or_default();
    let length = body.len();
    let head = format!("POST {path} HTTP/1.1\r\n{HOST}{authorization}content-length: {length}");
    send(wix, &format!("{head}\r\n\r\n{body}")).await
}

async fn get(wix: &Emulator, path: &str) -> Answer {
    send(wix, &format!("GET {path} HTTP/1.1\r\n{HOST}\r\n")).await
}

/// By hand: a client of the workspace may have been built to need a provider of TLS.
async fn send(wix: &Emulator, request: &str) -> Answer {
    let mut stream = TcpStream::connect(wix.address()).await.expect("it listens");
    stream.write_all(request.as_bytes()).await.expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.expect("it answers");
    let (head, body) = answer.split_once("\r\n\r\n").expect("an empty line");
    let header = |name: &str| {
        let mut values =
            head.lines().filter_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
        values.next().unwrap_or_default().to_owned()
    };
    let body = match &*header("content-type") {
        "application/json" => serde_json::from_str(body).expect("JSON"),
        "text/plain" => json!(body),
        other => panic!("{other}"),
    };
    Answer {
        status: head.split(' ').nth(1).and_then(|it| it.parse().ok()).expect("a status"),
        request_id: header("x-wix-request-id"),
        retry_after: header("retry-after"),
        body,
    }
}

#[tokio::test]
async fn a_report_tells_the_activations_of_the_sites_automations() {
    let client = Client::new(builder()).await;
    let answer = client.report(&payload()).await;
    assert_eq!((answer.status, answer.request_id.len()), (200, 36));
    assert_eq!(answer.body["activationIds"].as_array().map(Vec::len), Some(1));
    assert_eq!(client.states().await, [("SCHEDULED".to_owned(), String::new())]);
    let other = client.report(&payload()).await;
    assert_ne!(answer.request_id, other.request_id);
}

#[tokio::test]
async fn a_payload_is_held_to_the_schema() {
    let client = Client::new(builder()).await;
    let answer = client.report(&json!({ "dueAt": "2026-03-30T22:00:00Z" })).await;
    assert_eq!((answer.status, &answer.error()["code"]), (400, &json!("REQUIRED_PROPERTY")));
    assert_eq!(answer.error()["data"], json!({ "missingProperties": ["cents"] }));
    for (payload, place) in [
        (json!({ "dueAt": "2026-03-30T22:00:00Z", "cents": 1.5 }), "/cents"),
        (json!({ "dueAt": "2026-03-30T22:00:00Z", "cents": 1, "paidOn": "soon" }), "/paidOn"),
        (json!({ "dueAt": 5, "cents": 1 }), "/dueAt"),
        (json!({ "dueAt": "2026-03-30T22:00:00Z", "cents": 1, "note": null }), "/note"),
    ] {
        let answer = client.report(&payload).await;
        assert_eq!(
            (answer.status, &answer.error()["code"]),
            (428, &json!("SCHEMA_VALIDATION_FAILED"))
        );
        assert_eq!(answer.error()["data"]["violations"][0]["path"], place, "{answer:?}");
    }
    // Keys that the schema does not have are always allowed.
    let more = json!({ "dueAt": "2026-03-30T22:00:00Z", "cents": 1, "other": [1] });
    assert_eq!(client.report(&more).await.status, 200);
    assert_eq!(client.states().await.len(), 1);

    let client = Client::new(builder().assume(Assumption::FormatsAreEnforced, false)).await;
    let payload = json!({ "dueAt": "2026-03-30T22:00:00Z", "cents": 1, "paidOn": "soon" });
    assert_eq!(client.report(&payload).await.status, 200);
}

#[tokio::test]
async fn a_date_that_cannot_be_read_fails_the_activation() {
    let [scheduled, failed] = [("SCHEDULED", ""), ("FAILED", "SCHEDULE_DATE_EVALUATION_FAILED")];
    for (date, local, expected) in [
        ("2026-03-30T22:00:00+0000", true, scheduled),
        ("2026-03-30T22:00:00", true, scheduled),
        ("2026-03-30T22:00:00", false, failed),
        ("soon", true, failed),
    ] {
        let builder = builder().assume(Assumption::DatesWithoutZoneAreLocal, local);
        let client = Client::new(builder).await;
        assert_eq!(client.report(&json!({ "dueAt": date, "cents": 1 })).await.status, 200);
        assert_eq!(client.states().await, [owned(expected)], "{date}");
    }
}

#[tokio::test]
async fn fields_have_their_limits() {
    let client = Client::new(builder()).await;
    let with = |name: &str, value: Value| {
        let mut body = json!({ "triggerKey": "invoice_due", "payload": payload() });
        body[name] = value;
        body
    };
    for (body, expected) in [
        (json!({}), ("triggerKey", "REQUIRED_FIELD")),
        (with("triggerKey", json!("")), ("triggerKey", "MIN_LENGTH")),
        (with("payload", json!([])), ("payload", "FORMAT")),
        (with("externalEntityId", json!("appointment-17")), ("externalEntityId", "FORMAT")),
        (with("externalEntityId", json!(INVOICE.replace('-', ""))), ("externalEntityId", "FORMAT")),
        (with("idempotency", json!({ "key": "" })), ("idempotency.key", "MIN_LENGTH")),
        (with("idempotency", json!({ "key": "k".repeat(81) })), ("idempotency.key", "MAX_LENGTH")),
        (
            with("idempotency", json!({ "key": "k", "ttlInMilliseconds": "0" })),
            ("idempotency.ttlInMilliseconds", "MIN"),
        ),
        (
            with("idempotency", json!({ "key": "k", "ttlInMilliseconds": "soon" })),
            ("idempotency.ttlInMilliseconds", "MIN"),
        ),
    ] {
        assert_eq!(client.call(REPORT, &body).await.violations(), [owned(expected)], "{body}");
    }
    // Eighty characters of three bytes each, and an int64 as a string.
    let longest = json!({ "key": "€".repeat(80), "ttlInMilliseconds": "9223372036854775807" });
    assert_eq!(client.call(REPORT, &with("idempotency", longest)).await.status, 200);

    let cancel = json!({ "triggerKey": "invoice_due" });
    let expected = ("externalEntityId", "REQUIRED_FIELD");
    assert_eq!(client.call(CANCEL, &cancel).await.violations(), [owned(expected)]);
}

#[tokio::test]
async fn bulk_calls_have_1_to_100_items() {
    let client = Client::new(builder()).await;
    for (path, list, item) in [
        (BULK_REPORT, "eventsInfo", json!({ "payload": payload() })),
        (BULK_CANCEL, "externalEntityIds", json!(INVOICE)),
    ] {
        let body = |count: usize| json!({ "triggerKey": "invoice_due", list: vec![&item; count] });
        for (count, rule) in [(0, "MIN_SIZE"), (101, "MAX_SIZE")] {
            assert_eq!(client.call(path, &body(count)).await.violations(), [owned((list, rule))]);
        }
        let answer = client.call(path, &body(100)).await;
        assert_eq!(answer.status, 200);
        let totals = json!({ "totalSuccesses": 100, "totalFailures": 0, "undetailedFailures": 0 });
        assert_eq!(answer.body["bulkActionMetadata"], totals);
        assert_eq!(answer.body["triggerKey"], "invoice_due");
    }
    let body = json!({ "triggerKey": "invoice_due", "externalEntityIds": [INVOICE, "17"] });
    let expected = ("externalEntityIds[1]", "FORMAT");
    assert_eq!(client.call(BULK_CANCEL, &body).await.violations(), [owned(expected)]);
}

#[tokio::test]
async fn some_of_many_may_fail() {
    let client = Client::new(builder()).await;
    let events = json!([{ "payload": payload() }, { "payload": {} }, { "payload": payload() }]);
    let body = json!({ "triggerKey": "invoice_due", "eventsInfo": events });
    let answer = client.call(BULK_REPORT, &body).await;
    let results = answer.body["results"].as_array().expect("results");
    let told: Vec<_> = results
        .iter()
        .map(|it| {
            let metadata = &it["itemMetadata"];
            (metadata["originalIndex"].as_u64(), metadata["success"] == true)
        })
        .collect();
    assert_eq!(told, [(Some(0), true), (Some(1), false), (Some(2), true)]);
    assert_eq!(results[1]["itemMetadata"]["error"]["code"], "REQUIRED_PROPERTY");
    assert_eq!(results[0]["eventInfo"]["payload"], payload());
    assert_eq!(results[0]["activationIds"].as_array().map(Vec::len), Some(1));
    assert_eq!(answer.body["bulkActionMetadata"]["totalFailures"], 1);
    assert_eq!(client.states().await.len(), 2);
}

#[tokio::test]
async fn a_cancel_answers_an_empty_object() {
    let client = Client::new(builder()).await;
    let mut body = json!({ "triggerKey": "invoice_due", "payload": payload() });
    body["externalEntityId"] = json!(INVOICE);
    client.call(REPORT, &body).await;
    let cancel = json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE });
    // Once more, with nothing left, is no error.
    for _ in 0..2 {
        let answer = client.call(CANCEL, &cancel).await;
        assert_eq!((answer.status, answer.body), (200, json!({})));
    }
    assert_eq!(client.states().await, [("CANCELLED".to_owned(), "EVENT_CANCELLED".to_owned())]);
}

#[tokio::test]
async fn a_call_has_a_token_that_holds() {
    let client = Client::new(builder()).await;
    let body = json!({ "triggerKey": "invoice_due", "payload": payload() }).to_string();
    let bearer = format!("Bearer {}", client.token);
    for token in [None, Some("none-such"), Some(""), Some(bearer.as_str())] {
        for path in [REPORT, BULK_REPORT, CANCEL, BULK_CANCEL] {
            assert_eq!(post(&client.wix, path, token, body.clone()).await.status, 401, "{token:?}");
        }
    }
    client.wix.clock().advance(14_399.seconds());
    assert_eq!(client.report(&payload()).await.status, 200);
    client.wix.clock().advance(1.second());
    assert_eq!(client.report(&payload()).await.status, 401);
    assert_eq!(client.states().await.len(), 1);

    let lenient = Client::new(builder().assume(Assumption::BearerIsRefused, false)).await;
    let bearer = format!("Bearer {}", lenient.token);
    assert_eq!(post(&lenient.wix, REPORT, Some(&bearer), body).await.status, 200);
}

#[tokio::test]
async fn the_token_call_is_that_of_oauth() {
    let client = Client::new(builder()).await;
    let answer = token(&client.wix, "an-app", SITE).await;
    assert_eq!(
        (&answer.body["token_type"], &answer.body["expires_in"]),
        (&json!("Bearer"), &json!(14400))
    );
    assert_ne!(answer.body["access_token"], client.token);
    for (body, error) in [
        ("{", "invalid_request"),
        ("{}", "unsupported_grant_type"),
        (r#"{"grant_type":"client_credentials"}"#, "invalid_request"),
        (
            r#"{"grant_type":"client_credentials","client_id":"a","client_secret":"b","instance_id":"c"}"#,
            "invalid_request",
        ),
    ] {
        let answer = post(&client.wix, "/oauth2/token", None, body.to_owned()).await;
        assert_eq!((answer.status, &answer.body["error"]), (400, &json!(error)), "{body}");
    }
}

/// Each of the tokens that are kept remembers it.
#[tokio::test]
async fn an_app_that_nobody_listed_has_an_id_of_some_length() {
    let client = Client::new(builder()).await;
    assert_eq!(token(&client.wix, &"a".repeat(200), SITE).await.status, 200);
    let answer = token(&client.wix, &"a".repeat(201), SITE).await;
    let words = "a client_id has 200 bytes at most";
    assert_eq!((answer.status, &answer.body["error_description"]), (400, &json!(words)));
    let asked = json!({ "appId": "a".repeat(201), "instanceId": SITE });
    let answer = post(&client.wix, "/_emulator/token", None, asked.to_string()).await;
    assert_eq!((answer.status, &answer.body["message"]), (400, &json!(words)));
}

#[tokio::test]
async fn a_list_of_apps_says_who_may_do_what() {
    let app = |id: &str, secret: &str, triggers| AppAccess {
        id: id.to_owned(),
        secret: secret.to_owned(),
        instances: vec![SITE.parse().expect("an id")],
        triggers,
    };
    let triggers = Some(vec!["invoice_due".to_owned()]);
    let apps = vec![app("invoices", "not-a-secret", triggers), app("classes", "another", None)];
    assert!(!format!("{apps:?}").contains("not-a-secret"));
    let wix = builder().apps(apps).start().await.expect("an emulator");
    let other = "00000000-0000-4000-8000-00000000b002";
    for (app, site) in [("invoices", other), ("classes", SITE), ("none-such", SITE)] {
        let answer = token(&wix, app, site).await;
        assert_eq!(
            (answer.status, &answer.body["error"]),
            (400, &json!("invalid_client")),
            "{app}"
        );
    }
    let given = token(&wix, "invoices", SITE).await.body["access_token"].clone();
    let given = given.as_str();
    let body = |key: &str| json!({ "triggerKey": key, "payload": payload() }).to_string();
    assert_eq!(post(&wix, REPORT, given, body("invoice_due")).await.status, 200);
    assert_eq!(post(&wix, REPORT, given, body("class_full")).await.status, 403);
}

#[tokio::test]
async fn an_unknown_trigger_is_not_found() {
    let body = json!({ "triggerKey": "none_such", "externalEntityId": INVOICE });
    let bulk =
        json!({ "triggerKey": "none_such", "eventsInfo": [{}], "externalEntityIds": [INVOICE] });
    for (on, status) in [(true, 404), (false, 403)] {
        let client =
            Client::new(builder().assume(Assumption::UnknownTriggersAreNotFound, on)).await;
        for (path, body) in
            [(REPORT, &body), (CANCEL, &body), (BULK_REPORT, &bulk), (BULK_CANCEL, &bulk)]
        {
            let answer = client.call(path, body).await;
            assert_eq!(
                (answer.status, &answer.error()["code"]),
                (status, &json!("TRIGGER_NOT_FOUND"))
            );
        }
    }
}

#[tokio::test]
async fn more_calls_than_a_minute_has_are_limited() {
    let client = Client::new(builder().calls_per_minute(2)).await;
    assert_eq!(client.report(&payload()).await.status, 200);
    client.wix.clock().advance(30.seconds());
    assert_eq!(client.report(&payload()).await.status, 200);
    assert_eq!(client.report(&payload()).await.status, 429);
    client.wix.clock().advance(30.seconds());
    assert_eq!(client.report(&payload()).await.status, 200);
    assert_eq!(client.report(&payload()).await.status, 429);
    // Another site has its own.
    let other = token(&client.wix, "an-app", "00000000-0000-4000-8000-00000000b002").await;
    let body = json!({ "triggerKey": "class_full" }).to_string();
    assert_eq!(
        post(&client.wix, REPORT, other.body["access_token"].as_str(), body).await.status,
        200
    );
}

#[tokio::test]
async fn what_is_no_call_is_told() {
    let client = Client::new(builder()).await;
    assert_eq!(client.call("/automations/v1/events", &json!({})).await.status, 404);
    for path in [REPORT, BULK_REPORT, CANCEL, BULK_CANCEL] {
        for (body, words) in [
            ("{", "the body is no JSON"),
            ("[]", "the body is no JSON object"),
            ("null", "the body is no JSON object"),
            ("\"x\"", "the body is no JSON object"),
        ] {
            let answer = post(&client.wix, path, Some(&client.token), body.to_owned()).await;
            assert_eq!((answer.status, &answer.body["message"]), (400, &json!(words)), "{body}");
        }
    }
    let items = json!({ "triggerKey": "class_full", "eventsInfo": [{}, 1, null] });
    let violations = client.call(BULK_REPORT, &items).await.violations();
    assert_eq!(violations, ["eventsInfo[1]", "eventsInfo[2]"].map(|it| owned((it, "FORMAT"))));
    // As much as is read, and one byte more, which is answered before it comes.
    let long = " ".repeat(4 << 20);
    assert_eq!(post(&client.wix, REPORT, Some(&client.token), long).await.status, 400);
    let head = format!("POST {REPORT} HTTP/1.1\r\n{HOST}content-length: {}\r\n\r\n", (4 << 20) + 1);
    assert_eq!(send(&client.wix, &head).await.status, 413);
    assert_eq!(get(&client.wix, REPORT).await.status, 405);
    assert_eq!(client.states().await, []);
}

/// What the other way of each guess about answers is like.
#[tokio::test]
async fn what_is_assumed_of_answers_can_be_switched() {
    use Assumption::{
        DuplicatesLeaveActivations, DuplicatesTellFirstIds, LimitsSayNothingOfTime,
        MalformedItemsRefuseAll, MissingPropertiesAre400, PayloadsComeBeforeKeys,
    };

    let client = Client::new(builder().assume(MissingPropertiesAre400, false)).await;
    assert_eq!(client.report(&json!({ "cents": 1 })).await.status, 428);
    assert_eq!(client.report(&json!({ "dueAt": "", "cents": 1.5 })).await.status, 400);

    let client = Client::new(builder().assume(MalformedItemsRefuseAll, false)).await;
    let items =
        json!({ "triggerKey": "class_full", "eventsInfo": [{}, { "externalEntityId": 1 }] });
    let answer = client.call(BULK_REPORT, &items).await;
    assert_eq!((answer.status, client.states().await.len()), (200, 1));
    let error = &answer.body["results"][1]["itemMetadata"]["error"];
    assert_eq!(error["code"], "INVALID_ARGUMENT");
    let violation = &error["data"]["validationError"]["fieldViolations"][0];
    assert_eq!(violation["field"], "eventsInfo[1].externalEntityId");

    let keyed = |payload: Value| json!({ "triggerKey": "invoice_due", "payload": payload, "idempotency": { "key": "once" } });
    for (on, status) in [(true, 400), (false, 200)] {
        let client = Client::new(builder().assume(PayloadsComeBeforeKeys, on)).await;
        client.call(REPORT, &keyed(payload())).await;
        assert_eq!(client.call(REPORT, &keyed(json!({}))).await.status, status);
        // A payload that is refused uses no key.
        let client = Client::new(builder().assume(PayloadsComeBeforeKeys, on)).await;
        assert_eq!(client.call(REPORT, &keyed(json!({}))).await.status, 400);
        client.call(REPORT, &keyed(payload())).await;
        assert_eq!(client.states().await, [owned(("SCHEDULED", ""))]);
    }

    let quiet = builder().assume(DuplicatesLeaveActivations, false);
    let client = Client::new(quiet.assume(DuplicatesTellFirstIds, false)).await;
    client.call(REPORT, &keyed(payload())).await;
    assert_eq!(client.call(REPORT, &keyed(payload())).await.body, json!({}));
    assert_eq!(client.states().await.len(), 1);

    for (on, told) in [(true, ""), (false, "20")] {
        let builder = builder().calls_per_minute(1).assume(LimitsSayNothingOfTime, on);
        let client = Client::new(builder).await;
        client.report(&payload()).await;
        client.wix.clock().advance(40.seconds());
        let answer = client.report(&payload()).await;
        assert_eq!((answer.status, answer.retry_after.as_str()), (429, told));
    }
}

/// The documented scope of a key is the trigger and the app.
#[tokio::test]
async fn apps_have_their_own_keys_and_events() {
    let client = Client::new(builder()).await;
    let other = token(&client.wix, "another-app", SITE).await.body["access_token"].clone();
    let mut body = json!({ "triggerKey": "invoice_due", "payload": payload() });
    body["externalEntityId"] = json!(INVOICE);
    body["idempotency"] = json!({ "key": "once" });
    let first = client.call(REPORT, &body).await;
    let second = post(&client.wix, REPORT, other.as_str(), body.to_string()).await;
    assert_ne!(first.body["activationIds"], second.body["activationIds"]);
    let cancel = json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE }).to_string();
    assert_eq!(post(&client.wix, CANCEL, other.as_str(), cancel).await.status, 200);
    let expected = [owned(("SCHEDULED", "")), owned(("CANCELLED", "EVENT_CANCELLED"))];
    assert_eq!(client.states().await, expected);
}

#[test]
fn files_that_say_nothing_are_told() {
    let trigger = json!({ "key": "class_full", "name": "Class full", "schema": {} });
    for (triggers, words) in [
        (json!({ "triggers": [] }), "there are no triggers"),
        (json!({ "triggers": [trigger, trigger] }), "`class_full`: two triggers have this key"),
    ] {
        let error = TriggerDefinition::of_export(&triggers.to_string()).expect_err("nothing");
        assert!(error.to_string().contains(words), "{error}");
    }
}

#[tokio::test]
async fn who_drops_it_ends_the_server() {
    let wix = builder().start().await.expect("an emulator");
    let address = wix.address();
    let limit = std::time::Duration::from_millis(20);
    tokio::time::timeout(limit, wix.wait()).await.expect_err("it serves");
    TcpStream::connect(address).await.expect("it listens");
    drop(wix);
    // Its task ends when it is next polled.
    tokio::time::sleep(limit).await;
    TcpStream::connect(address).await.expect_err("nobody listens");
}

#[tokio::test]
async fn a_clock_that_goes_acts_when_it_is_time() {
    let (sender, told) = std::sync::mpsc::channel();
    let tell = move |line: &str| {
        // Nobody listens at the end.
        let _ = sender.send(line.to_owned());
    };
    let client = Client::new(builder().running().observer(tell)).await;
    let soon = client.wix.clock().now() + 1.second();
    assert_eq!(client.report(&json!({ "dueAt": soon, "cents": 1 })).await.status, 200);
    let ran = tokio::task::spawn_blocking(move || {
        let limit = std::time::Duration::from_secs(5);
        std::iter::from_fn(|| told.recv_timeout(limit).ok()).find(|line| line.contains(" ran "))
    });
    let line = ran.await.expect("no panic").expect("within five seconds");
    assert!(
        line.contains("ran `Default automation` of \"Default automation\" for invoice_due"),
        "{line}"
    );
}

/// Who reads JSON reads so many levels and no more.
#[tokio::test]
async fn no_answer_is_nested_deeper_than_its_request() {
    let builder = builder().assume(Assumption::MalformedItemsRefuseAll, false);
    let client = Client::new(builder).await;
    let deep = format!("{}{}", "[".repeat(122), "]".repeat(122));
    let items = format!(r#"[{{"payload":{{"note":{deep}}}}},{{"payload":{{"seats":1}}}}]"#);
    let body = format!(r#"{{"triggerKey":"class_full","eventsInfo":{items}}}"#);
    let answer = post(&client.wix, BULK_REPORT, Some(&client.token), body).await;
    assert_eq!(answer.body["bulkActionMetadata"]["totalFailures"], 1, "{answer:?}");
    assert_eq!(answer.body["results"][0]["eventInfo"], Value::Null);
    assert_eq!(answer.body["results"][1]["eventInfo"]["payload"]["seats"], 1);
}

//! What became of events, and why, as the page tells it.

use trigger_emulator::Config;

use super::page::asked;
use super::*;

/// The sentence of each activation of an event.
async fn why(client: &Client, id: &str) -> Vec<String> {
    let row = asked(client, "row", json!({ "id": id })).await;
    let activations = row["activations"].as_array().expect("a list");
    activations.iter().map(|it| it["why"].as_str().expect("words").to_owned()).collect()
}

#[tokio::test]
async fn why_an_action_did_not_run_is_one_sentence() {
    let config = r#"
        time_zone = "Europe/Berlin"
        automation = [{ name = "Remind", trigger = "invoice_due", before = "2 days", when = { cents = [100] } }]
    "#;
    let client = Client::new(builder_of(config)).await;
    let due = |at: &str, cents: i64| json!({ "dueAt": at, "cents": cents });
    for payload in [
        due("2026-03-30T22:00:00Z", 100),
        due("2026-03-30T22:00:00Z", 7),
        due("2026-03-03T09:00:00Z", 100),
        due("2026-03-01T09:00:00Z", 100),
        due("soon", 100),
    ] {
        assert_eq!(client.report(&payload).await.status, 200);
    }
    for (id, expected) in [
        ("0", "SCHEDULED: it starts 2 days before `dueAt`, at 2026-03-28T23:00:00Z."),
        (
            "1",
            "SKIPPED (TRIGGER_FILTERS_NOT_PASSED): the automation is for events whose `cents` is 100, and it is 7.",
        ),
        (
            "2",
            "SKIPPED (SCHEDULE_DATE_EXPIRED): it starts 2 days before `dueAt`, 2026-03-03T09:00:00Z, and that had passed when the event was reported at 2026-03-02T09:00:00Z.",
        ),
        (
            "3",
            "SKIPPED (SCHEDULE_DATE_EXPIRED): `dueAt`, 2026-03-01T09:00:00Z, had passed when the event was reported at 2026-03-02T09:00:00Z.",
        ),
        (
            "4",
            "FAILED (SCHEDULE_DATE_EVALUATION_FAILED): `dueAt` is \"soon\", of which no date and time can be made.",
        ),
    ] {
        assert_eq!(why(&client, id).await, [expected]);
    }
}

fn builder_of(config: &str) -> Builder {
    let schema = json!({
        "type": "object",
        "properties": {
            "dueAt": { "type": "string", "format": "date-time", "futureDate": true },
            "cents": { "type": "integer" },
        },
        "required": ["dueAt"],
    });
    let trigger = TriggerDefinition::new("invoice_due", "A trigger", &schema).expect("a schema");
    let config = Config::parse(config, std::slice::from_ref(&trigger)).expect("a file");
    Emulator::builder().at(now()).triggers(vec![trigger]).config(config)
}

#[tokio::test]
async fn the_timeline_has_what_ran_what_will_and_what_was_canceled() {
    let config = r#"
        [[automation]]
        name = "Remind"
        trigger = "invoice_due"
        before = "2 days"
        steps = [{ action = "Email" }, { delay = "1 day" }, { action = "Call" }, { delay = "3 days" }, { action = "Write off" }]
    "#;
    let client = Client::new(builder_of(config)).await;
    let mut body =
        json!({ "triggerKey": "invoice_due", "payload": { "dueAt": "2026-03-05T09:00:00Z" } });
    body["externalEntityId"] = json!(INVOICE);
    client.call(REPORT, &body).await;
    let actions = async || {
        let row = asked(&client, "row", json!({ "id": "0" })).await;
        let actions = row["activations"][0]["actions"].as_array().expect("a list").clone();
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let lines =
            actions.iter().map(|it| [&it["name"], &it["outcome"], &it["at"]].map(text).join(" "));
        lines.collect::<Vec<_>>()
    };
    let days = ["2026-03-03", "2026-03-04", "2026-03-07"].map(|day| format!("{day}T09:00:00Z"));
    let line = |name: &str, outcome: &str, day: usize| format!("{name} {outcome} {}", days[day]);
    let expected = |outcomes: [&str; 3]| {
        let names = ["Email", "Call", "Write off"];
        [0, 1, 2].map(|it| line(names[it], outcomes[it], it))
    };
    assert_eq!(actions().await, expected(["pending", "pending", "pending"]));
    client.wix.clock().advance(36.hours());
    assert_eq!(actions().await, expected(["ran", "pending", "pending"]));
    let cancel = json!({ "triggerKey": "invoice_due", "externalEntityId": INVOICE });
    // The first token is good for hours only.
    let app = json!({ "appId": "an-app", "instanceId": SITE });
    let token = asked(&client, "token", app).await["access_token"].clone();
    assert_eq!(post(&client.wix, CANCEL, token.as_str(), cancel.to_string()).await.status, 200);
    assert_eq!(actions().await, expected(["ran", "canceled", "canceled"]));
    let why = why(&client, "0").await;
    assert_eq!(
        why,
        [
            "CANCELLED (EVENT_CANCELLED): the event was canceled by its external entity id at 2026-03-03T21:00:00Z."
        ]
    );
    let asked_lanes = json!({ "triggerKey": "invoice_due", "automation": "Remind" });
    let lanes = asked(&client, "lanes", asked_lanes).await;
    assert_eq!(lanes["lanes"][0]["event"], "0");
    assert_eq!(lanes["lanes"][0]["date"], "2026-03-05T09:00:00Z");
    assert_eq!(lanes["more"], false);
}

/// What starts late runs at once, and what follows is counted from there.
#[tokio::test]
async fn the_timeline_goes_on_from_when_an_action_ran() {
    let config = r#"
        assume = { late-starts-are-skipped = false }

        [[automation]]
        name = "Remind"
        trigger = "invoice_due"
        before = "2 days"
        steps = [{ action = "Email" }, { delay = "1 day" }, { action = "Call" }]
    "#;
    let client = Client::new(builder_of(config)).await;
    client.report(&json!({ "dueAt": "2026-03-03T12:00:00Z" })).await;
    let row = asked(&client, "row", json!({ "id": "0" })).await;
    let actions = &row["activations"][0]["actions"];
    let times = [0, 1].map(|action| actions[action]["at"].clone());
    assert_eq!(times, ["2026-03-02T09:00:00Z", "2026-03-03T09:00:00Z"]);
}

/// What a report is answered with.
async fn reported(client: &Client, cents: i64) -> Value {
    let answer = client.report(&json!({ "dueAt": "2026-03-30T22:00:00Z", "cents": cents })).await;
    answer.body["activationIds"][0].clone()
}

#[tokio::test]
async fn an_event_is_found_by_an_activation_and_has_the_text_of_its_payload() {
    let client = Client::new(builder_of("")).await;
    reported(&client, 1).await;
    let activation = reported(&client, 9_007_199_254_740_993).await;
    reported(&client, 3).await;
    let row = asked(&client, "row", json!({ "activation": activation })).await;
    assert_eq!(row, asked(&client, "row", json!({ "id": "1" })).await);
    let text = r#"{"cents":9007199254740993,"dueAt":"2026-03-30T22:00:00Z"}"#;
    assert_eq!((&row["id"], &row["payloadText"]), (&json!("1"), &json!(text)));
    for (wrong, status) in [
        (json!({ "activation": SITE }), 404),
        (json!({ "activation": "x" }), 400),
        (json!({ "activation": activation, "id": "1" }), 400),
        (json!({}), 400),
    ] {
        let answer = post(&client.wix, "/_emulator/row", None, wrong.to_string()).await;
        assert_eq!(answer.status, status, "{wrong}");
    }
}

#[tokio::test]
async fn a_row_tells_the_time_zone_of_its_site() {
    let config = format!(
        r#"
        time_zone = "Europe/Berlin"
        app = [{{ id = "an-app", secret = "not-a-secret", instance = [{{ id = "{SITE}", time_zone = "America/New_York" }}] }}]
        "#
    );
    let client = Client::new(builder_of(&config)).await;
    reported(&client, 1).await;
    client.report(&json!({})).await;
    post(&client.wix, REPORT, None, "{}".to_owned()).await;
    let window = asked(&client, "rows", json!({})).await;
    let zones = ["Europe/Berlin", "America/New_York", "America/New_York"];
    assert_eq!([0, 1, 2].map(|place| window["rows"][place]["timeZone"].clone()), zones);
}

#[tokio::test]
async fn an_automation_that_is_off_is_told() {
    let config = r#"automation = [
        { name = "Off", trigger = "invoice_due", active = false },
        { name = "On", trigger = "invoice_due" },
    ]"#;
    let client = Client::new(builder_of(config)).await;
    reported(&client, 1).await;
    let words = "`Off` was inactive when this was reported.";
    let row = asked(&client, "row", json!({ "id": "0" })).await;
    assert_eq!((&row["inactive"], &row["why"]), (&json!([words]), &json!(words)));
    let overview = get(&client.wix, "/_emulator/overview").await.body;
    let automations = overview["automations"].as_array().expect("a list").iter();
    let are_on: Vec<_> = automations.map(|it| (&it["name"], &it["isActive"])).collect();
    assert_eq!(are_on, [(&json!("On"), &json!(true)), (&json!("Off"), &json!(false))]);
    let active = get(&client.wix, "/_emulator/automations").await.body;
    assert_eq!(active.as_array().map(Vec::len), Some(1));
}

#[tokio::test]
async fn where_all_are_off_nothing_acts_and_the_default_one_hides_none() {
    let off = r#"automation = [{ name = "Off", trigger = "invoice_due", active = false }]"#;
    let client = Client::new(builder_of(off)).await;
    assert_eq!(reported(&client, 1).await, Value::Null);
    let why = asked(&client, "row", json!({ "id": "0" })).await["why"].clone();
    let words = "No automation that was active at 2026-03-02T09:00:00Z uses the trigger `invoice_due`. \
                 `Off` was inactive when this was reported.";
    assert_eq!(why, words);
    let client = Client::new(builder_of("")).await;
    reported(&client, 1).await;
    let row = asked(&client, "row", json!({ "id": "0" })).await;
    assert_eq!((&row["inactive"], &row["why"]), (&json!([]), &Value::Null));
}

/// A fault that only delays an answer, or loses it, stops nothing.
#[tokio::test]
async fn a_fault_that_struck_a_report_that_was_taken_is_not_denied() {
    let client = Client::new(builder_of("")).await;
    client.wix.inject(Fault::delay(std::time::Duration::ZERO));
    reported(&client, 1).await;
    let row = asked(&client, "row", json!({ "id": "0" })).await;
    assert_eq!(row["checks"][0]["words"], "no fault stopped it");
}

#[tokio::test]
async fn a_trigger_that_never_was_has_no_timeline() {
    let client = Client::new(builder_of("")).await;
    for (key, status) in [("invoice_due", 200), ("none_such", 404)] {
        let body = json!({ "triggerKey": key, "automation": "Default automation" }).to_string();
        assert_eq!(post(&client.wix, "/_emulator/lanes", None, body).await.status, status);
    }
}

#[tokio::test]
async fn what_was_posted_in_vain_is_told_of_an_activation_that_ended() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let url = format!("http://{}/", listener.local_addr().expect("an address"));
    // From now on nobody listens there.
    drop(listener);
    let config = format!(
        r#"automation = [{{ name = "Tell", trigger = "invoice_due", steps = [{{ action = "Post", post = "{url}" }}] }}]"#
    );
    let client = Client::new(builder_of(&config)).await;
    reported(&client, 1).await;
    let turn = json!({ "runOut": true }).to_string();
    assert_eq!(post(&client.wix, "/_emulator/clock", None, turn).await.status, 200);
    let words =
        "ENDED: all of its actions ran, and one was posted in vain until that was given up.";
    assert_eq!(why(&client, "0").await, [words]);
}

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

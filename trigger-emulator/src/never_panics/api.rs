//! Calls of all kinds, right and wrong, states and histories that others wrote.

use axum::http::Method;
use fastrand::Rng;
use serde_json::{Value, json};

use super::evil::{self, pick};
use super::world::{KEYS, SITE, VIEWS, World};
use super::{Met, run};

/// A few, so that events meet again.
fn entity(rng: &mut Rng) -> Value {
    json!(uuid::Uuid::from_u128(rng.u128(1..4)))
}

fn payload(rng: &mut Rng) -> Value {
    let date = pick(rng, &evil::TIMES);
    match rng.u8(..5) {
        0 => json!({ "dueAt": date }),
        1 => json!({ "id": SITE, "count": rng.u8(..3), "tags": ["a"] }),
        2 => json!({ "children": [{ "children": [] }] }),
        3 => json!({ "dueAt": date, "children": evil::value(rng) }),
        _ => json!({}),
    }
}

fn event(rng: &mut Rng) -> Value {
    let mut event = json!({ "payload": payload(rng) });
    if rng.u8(..3) > 0 {
        event["externalEntityId"] = entity(rng);
    }
    if rng.bool() {
        let ttl = pick(rng, &["1", "60000", "9223372036854775807"]);
        event["idempotency"] = json!({ "key": rng.u8(..4).to_string(), "ttlInMilliseconds": ttl });
    }
    event
}

fn call(rng: &mut Rng) -> (&'static str, Value) {
    let key = pick(rng, &KEYS);
    match rng.u8(..6) {
        0..=2 => {
            let mut event = event(rng);
            event["triggerKey"] = json!(key);
            ("report", event)
        }
        3 => {
            let events: Vec<_> = (0..rng.u8(1..5)).map(|_| event(rng)).collect();
            ("bulk-report", json!({ "triggerKey": key, "eventsInfo": events }))
        }
        4 => ("cancel", json!({ "triggerKey": key, "externalEntityId": entity(rng) })),
        _ => {
            let ids: Vec<_> = (0..rng.u8(1..4)).map(|_| entity(rng)).collect();
            ("bulk-cancel", json!({ "triggerKey": key, "externalEntityIds": ids }))
        }
    }
}

fn turn(rng: &mut Rng) -> Value {
    match rng.u8(..9) {
        0 => json!({ "freeze": true }),
        1 => json!({ "run": true }),
        2 => json!({ "set": pick(rng, &evil::TIMES) }),
        3 => json!({ "advance": pick(rng, &evil::SPANS) }),
        4 => json!({ "runOut": true }),
        5 => json!({ "next": true }),
        _ => json!({ "advance": pick(rng, &["PT1M", "PT1H", "P1D", "P7D", "P1M"]) }),
    }
}

fn fault(rng: &mut Rng) -> Value {
    let mut fault = match rng.u8(..6) {
        0 => json!({ "status": pick(rng, &[400, 429, 500, 599]) }),
        1 => json!({ "delay": pick(rng, &["PT0S", "1ns", "PT1H", "1ms"]) }),
        2 => json!({ "cut": pick(rng, &["before", "after"]) }),
        3 => json!({ "items": pick(rng, &[5e-324, 0.3, 1.0]) }),
        4 => json!({ "items": 1.0, "seed": rng.u64(..), "probability": rng.f64() }),
        _ => json!({ "expiredToken": true }),
    };
    fault["times"] = json!(pick(rng, &[0, 1, 2, u32::MAX]));
    fault
}

fn webhook(rng: &mut Rng) -> Value {
    let mut webhook = json!({
        "eventType": pick(rng, &["thing_made", "wix.things.v1.thing_made", "A", "_", "._", "a."]),
    });
    let (name, body) = pick(
        rng,
        &[
            ("actionEvent", "body"),
            ("createdEvent", "entityAsJson"),
            ("updatedEvent", "currentEntity"),
            ("deletedEvent", "deletedEntity"),
        ],
    );
    webhook[name] = json!({});
    webhook[name][body] = evil::value(rng);
    if rng.bool() {
        webhook["id"] = json!(rng.u8(..3).to_string());
    }
    for (name, value) in [
        ("identity", json!({ "identityType": "APP", "appId": "an-app" })),
        ("entityEventSequence", pick(rng, &[json!("-9223372036854775808"), json!(1), json!(1.5)])),
        ("eventTime", json!(pick(rng, &evil::TIMES))),
    ] {
        if rng.u8(..4) == 0 {
            webhook[name] = value;
        }
    }
    webhook
}

fn delivery(rng: &mut Rng) -> Value {
    let mut asked = webhook(rng);
    if rng.u8(..4) == 0 {
        asked = json!({ "again": rng.u8(..3).to_string() });
    }
    if rng.bool() {
        asked["to"] = json!(pick(rng, &["http://127.0.0.1:1/", "http://[::1]:1/a?b", "http://a/"]));
    }
    asked
}

fn automation(rng: &mut Rng) -> Value {
    let step = |rng: &mut Rng| match rng.u8(..4) {
        0 => json!({ "delay": pick(rng, &evil::SPANS) }),
        1 => json!({ "delay": "P1D" }),
        2 => json!({ "action": { "name": "post", "post": "http://127.0.0.1:1/hook" } }),
        _ => json!({ "action": { "name": "act", "post": null } }),
    };
    let steps: Vec<_> = (0..rng.u8(..5)).map(|_| step(rng)).collect();
    let filters = if rng.u8(..4) == 0 {
        json!([{ "path": ["children", "a"], "values": [evil::value(rng)] }])
    } else {
        json!([])
    };
    json!({
        "name": rng.u8(..3).to_string(), "triggerKey": pick(rng, &KEYS), "filters": filters,
        "before": pick(rng, &["PT0S", "P1D", "P9999Y", "-P9999Y", "PT175307616H"]),
        "steps": steps, "status": pick(rng, &["active", "active", "ended", "replaced"]),
        "isDefault": rng.u8(..5) == 0, "hasUntoldAction": rng.bool(),
        "edited": if rng.u8(..5) == 0 { json!(rng.u8(..4)) } else { Value::Null },
    })
}

/// What a history says was done.
fn did(rng: &mut Rng) -> Value {
    let report = |rng: &mut Rng| {
        json!({
            "app": "an-app", "site": SITE, "triggerKey": pick(rng, &KEYS),
            "payload": payload(rng), "entity": entity(rng), "idempotency": null,
        })
    };
    match rng.u8(..15) {
        12 | 13 => json!({ "deliver": [webhook(rng), "http://127.0.0.1:1/"] }),
        14 => json!({ "delivered": [
            rng.u8(..3), pick(rng, &[json!("unanswered"), json!({ "answered": 200 })]),
        ] }),
        0..=3 => json!({ "addAutomation": automation(rng) }),
        4 => json!({ "setAutomations": [automation(rng), automation(rng)] }),
        5 => json!({ "editAutomation": [rng.u8(..3), automation(rng)] }),
        6 => json!({ "endAutomation": [rng.u8(..3), "AUTOMATION_DELETED"] }),
        7 => json!({ "report": report(rng) }),
        8 => json!({ "cancel": {
            "app": "an-app", "site": SITE, "triggerKey": pick(rng, &KEYS), "entity": entity(rng),
        } }),
        9 => json!({ "posted": [
            format!("0c6e8d51-72b4-4f09-a3de-00000000000{}", rng.u8(..9)), rng.u8(..3),
            pick(rng, &[json!("unanswered"), json!({ "answered": 500 })]),
        ] }),
        10 => json!("forget"),
        _ => json!({ "set": {
            "assumptions": [], "zones": { "default": "Europe/Berlin", "ofSite": {} },
            "history": pick(rng, &[0, 3, usize::MAX]),
        } }),
    }
}

/// Lines of a history of its own, or of the one that was recorded.
fn history(rng: &mut Rng, world: &World) -> Vec<u8> {
    let recorded = world.recorded();
    let mut lines: Vec<_> = recorded.lines().map(|it| it.as_bytes().to_vec()).collect();
    let is_strange = !lines.is_empty() && rng.bool();
    if !is_strange {
        let now = world.wix.clock().now();
        let line = |rng: &mut Rng| json!({ "at": now, "did": did(rng) }).to_string().into_bytes();
        lines = (0..rng.u8(1..6)).map(|_| line(rng)).collect();
    }
    for _ in 0..rng.u8(..3) {
        let line = rng.usize(..lines.len());
        if let Ok(value) = serde_json::from_slice(&lines[line]) {
            lines[line] = evil::written(rng, value);
        }
    }
    lines.join(&b'\n')
}

fn replay(rng: &mut Rng, world: &World, met: &mut Met) {
    let text = history(rng, world);
    let done = world.wix.replay(&String::from_utf8_lossy(&text));
    met.count(if done.is_ok() { "a history" } else { "no history" });
}

async fn state(rng: &mut Rng, world: &World, met: &mut Met) {
    let body = evil::written(rng, world.get("state").await.body);
    let answer = world.ask(Method::PUT, "/_emulator/state", "", body).await.expect("an answer");
    met.count(format!("a state: {}", answer.status));
    if answer.status == 200 && rng.bool() {
        turn_by(rng, world, met).await;
    }
}

async fn turn_by(rng: &mut Rng, world: &World, met: &mut Met) {
    let turn = turn(rng);
    let body = if rng.u8(..4) == 0 { evil::written(rng, turn) } else { turn.to_string().into() };
    let answer = world.ask(Method::POST, "/_emulator/clock", "", body).await.expect("an answer");
    met.count(format!("a turn: {}", answer.status));
}

async fn wix(rng: &mut Rng, world: &World, met: &mut Met) {
    let (path, body) = call(rng);
    let body = if rng.bool() { evil::written(rng, body) } else { body.to_string().into() };
    let status = world.call(path, body).await.map_or(0, |answer| answer.status);
    met.count(format!("{path}: {status}"));
}

/// What the page asks for.
fn of_the_page(rng: &mut Rng) -> (Method, &'static str, Value) {
    let key = pick(rng, &KEYS);
    let id = pick(rng, &["0", "0", "1", "0-0", "3-1", "99"]);
    match rng.u8(..4) {
        0 => (Method::POST, "/_emulator/row", json!({ "id": id })),
        1 => {
            let asked = json!({ "triggerKey": key, "automation": "Default automation" });
            (Method::POST, "/_emulator/lanes", asked)
        }
        2 => (Method::POST, "/_emulator/rows", json!({ "before": id, "text": "a", "limit": 7 })),
        _ => (Method::POST, "/_emulator/rows", json!({})),
    }
}

/// Any method of any path, with any body.
async fn any(rng: &mut Rng, world: &World, met: &mut Met) {
    let methods = [Method::GET, Method::POST, Method::PUT, Method::DELETE, Method::PATCH];
    let reach = json!({ "triggerKey": pick(rng, &KEYS), "externalEntityId": entity(rng) });
    let view = format!("/_emulator/{}", pick(rng, &VIEWS));
    let (method, path, body) = match rng.u8(..8) {
        6 | 7 => (Method::POST, "/_emulator/webhooks", delivery(rng)),
        5 => of_the_page(rng),
        0 => (Method::POST, "/_emulator/cancel-reach", reach),
        1 | 2 => (Method::POST, "/_emulator/faults", fault(rng)),
        3 if rng.u8(..4) == 0 => (Method::POST, "/_emulator/reset", json!({})),
        4 => (Method::DELETE, "/_emulator/faults", json!({})),
        _ => (pick(rng, &methods), &*view, evil::value(rng)),
    };
    let body = if rng.bool() { evil::written(rng, body) } else { body.to_string().into() };
    let token = if rng.bool() { "Bearer x" } else { "" };
    let status = world.ask(method, path, token, body).await.map_or(0, |answer| answer.status);
    met.count(format!("{path}: {status}"));
}

async fn attack(rng: &mut Rng, met: &mut Met) {
    let mut world = World::new(rng).await;
    for _ in 0..rng.u8(1..40) {
        match rng.u8(..20) {
            0..=9 => wix(rng, &world, met).await,
            10..=12 => turn_by(rng, &world, met).await,
            13 | 14 => state(rng, &world, met).await,
            15 | 16 => replay(rng, &world, met),
            _ => any(rng, &world, met).await,
        }
    }
    world.serves().await;
}

fn case(rng: &mut Rng, met: &mut Met) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(attack(rng, met));
}

#[test]
fn calls_states_and_histories() {
    let reaches = [
        "report: 200",
        "report: 400",
        "bulk-report: 200",
        "cancel: 200",
        "bulk-cancel: 200",
        "report: 0",
        "a turn: 200",
        "a turn: 400",
        "a state: 200",
        "a state: 400",
        "a history",
        "no history",
        "/_emulator/faults: 200",
        "/_emulator/cancel-reach: 200",
        "/_emulator/webhooks: 200",
        "/_emulator/webhooks: 400",
        "/_emulator/webhooks: 404",
        "/_emulator/rows: 200",
        "/_emulator/row: 200",
        "/_emulator/lanes: 200",
    ];
    run("never_panics::api", 300, case, &reaches);
}

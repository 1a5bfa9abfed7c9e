//! Files that people write: configurations, exports, and payload schemas by hand.

use std::fs;
use std::time::Instant;

use fastrand::Rng;
use serde_json::{Value, json};

use super::evil::{self, pick};
use super::world::{LIMIT, triggers};
use super::{Met, run};
use crate::{Config, TriggerDefinition};

const WHOLE: &str = r#"time_zone = "Europe/Berlin"

[[app]]
id = "my-app"
secret = 'not-a-secret'
triggers = ["due", "any"]

[[app.instance]]
id = "00000000-0000-4000-8000-00000000b001"
time_zone = "America/New_York"

[[automation]]
name = "Reminder"
trigger = "due"
when = { dueAt = ["2026-03-02", 7], "dueAt.name" = 1.5, dueAt.vip = true }
before = "2 days"
steps = [
  { action = "Email" },
  { delay = "PT175307616H" },
  { action = "Tell the app", post = "http://127.0.0.1:3000/hook" },
]

[[automation]]
name = "Thank"
trigger = "any"
active = false

[assume]
formats-are-enforced = false

[webhooks]
to = "http://127.0.0.1:3000/webhook"

[limits]
calls_per_minute = 0
history = 100_000
"#;

const TOKENS: [&str; 33] = [
    "time_zone",
    "app",
    "automation",
    "assume",
    "limits",
    "webhooks",
    "[[app]]\n",
    "[[automation]]\n",
    "[assume]\n",
    "[",
    "]",
    "[[",
    "{",
    "}",
    "=",
    ".",
    ",",
    "\n",
    "\"",
    "\"\"\"",
    "'",
    "#",
    "true",
    "inf",
    "-nan",
    "0x_f",
    "1_0",
    "1979-05-27T00:32:00.999999-07:00",
    "99999999999999999999",
    "\"\\u0000\"",
    "\"\\ud800\"",
    "when",
    "steps",
];

fn token(rng: &mut Rng) -> String {
    match rng.u8(..12) {
        0 => "[".repeat(rng.usize(..10_000)),
        1 => "a.".repeat(rng.usize(..10_000)),
        2 => "{a=".repeat(rng.usize(..10_000)),
        3 => format!("{:?}", evil::text(rng)),
        4 => evil::number(rng).to_string(),
        _ => pick(rng, &TOKENS).to_owned(),
    }
}

/// The whole text with some of its words, lines and bytes changed, or words alone.
fn toml(rng: &mut Rng) -> String {
    if rng.u8(..5) == 0 {
        return (0..rng.u8(..40)).map(|_| token(rng) + " ").collect();
    }
    let mut pieces: Vec<_> = WHOLE.split_inclusive([' ', '\n', '.']).map(str::to_owned).collect();
    for _ in 0..rng.u8(..3) {
        let at = rng.usize(..pieces.len());
        let other = rng.usize(..pieces.len());
        match rng.u8(..5) {
            0 => pieces.swap(at, other),
            1 => {
                let other = pieces[other].clone();
                pieces[at] = other;
            }
            2 => pieces[at] = token(rng),
            3 => pieces[at] += &token(rng),
            _ => pieces[at].clear(),
        }
    }
    let mut text = pieces.concat().into_bytes();
    if rng.bool() {
        text = evil::bytes(rng, text);
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn config(rng: &mut Rng, met: &mut Met) {
    let text = toml(rng);
    let start = Instant::now();
    let read = Config::parse(&text, &triggers());
    assert!(start.elapsed() < LIMIT, "{:?} for {text}", start.elapsed());
    match read {
        Ok(config) => {
            met.count("a configuration");
            let _ = format!("{config:?}");
        }
        Err(error) => {
            met.count("no configuration");
            let lines = text.lines().count() + 1;
            assert!(error.mistakes().iter().all(|it| (1..=lines).contains(&it.line)), "{text}");
            assert!(!error.to_string().is_empty());
        }
    }
}

fn exported(rng: &mut Rng) -> Vec<u8> {
    let whole = json!({
        "triggers": [
            { "key": "paid", "name": "Paid", "schema": {}, "schemaFile": "of_paid.json" },
            { "key": "due", "name": "Due", "schema": {
                "type": "object",
                "properties": { "dueAt": { "futureDate": true, "format": "date-time" } },
            } },
        ],
        "files": ["gone.json"],
    });
    evil::written(rng, whole)
}

fn export(rng: &mut Rng, met: &mut Met) {
    let text = exported(rng);
    let read = TriggerDefinition::of_export(&String::from_utf8_lossy(&text));
    met.count(if read.is_ok() { "an export" } else { "no export" });
    if let Ok(triggers) = read {
        let keys: Vec<Value> = triggers.iter().map(|it| json!(it.key())).collect();
        assert!(!keys.is_empty());
    }
}

fn folder(rng: &mut Rng, met: &mut Met) {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: Vec<u8>| {
        // The system takes not every name.
        let _ = fs::write(folder.path().join(name), text);
    };
    if rng.bool() {
        write("_triggers.json", exported(rng));
    }
    for _ in 0..rng.u8(..3) {
        let name = pick(rng, &["paid.json", "of_paid.json", "P.json", ".a.json", "\u{301}.json"]);
        let schema = json!({ "title": "Paid", "properties": { "a": { "type": "string" } } });
        write(name, evil::written(rng, schema));
    }
    let read = TriggerDefinition::of_folder(folder.path());
    met.count(if read.is_ok() { "a folder" } else { "no folder" });
    let _ = read.map_err(|error| error.to_string());
}

fn case(rng: &mut Rng, met: &mut Met) {
    match rng.u8(..8) {
        0..=5 => config(rng, met),
        6 => export(rng, met),
        _ => folder(rng, met),
    }
}

#[test]
fn configurations_and_triggers() {
    let reaches =
        ["a configuration", "no configuration", "an export", "no export", "a folder", "no folder"];
    run("never_panics::files", 500, case, &reaches);
}

//! The page in a real browser, which the scripts of `tests/page` drive.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::runtime::Runtime;
use trigger_emulator::{Config, Emulator, TriggerDefinition};

/// A script takes some seconds: a machine under load is given its time, and a hang ends.
const LIMIT: Duration = Duration::from_mins(3);

const CONFIG: &str = r#"
    time_zone = "Europe/Berlin"

    [[automation]]
    name = "Reminder"
    trigger = "invoice_due"
    when = { status = ["SENT", "VIEWED"] }
    before = "2 days"
    steps = [
        { action = "Email the customer" },
        { delay = "1 day" },
        { action = "Text message" },
    ]

    [[automation]]
    name = "Book-keeping"
    trigger = "invoice_due"
    steps = [{ action = "Create a task" }]
"#;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

/// The triggers of the examples, one whose every text would be markup, and one with titled choices.
fn triggers() -> Vec<TriggerDefinition> {
    let export = repository().join("schemas/_triggers.json");
    let export = fs::read_to_string(export).expect("the committed export");
    let mut triggers = TriggerDefinition::of_export(&export).expect("triggers");
    let evil =
        r#""><script>window.isRead = true</script><img src=x onerror="window.isRead = true">"#;
    let text = json!({
        "type": "string", "title": evil, "description": evil, "examples": [evil], "enum": [evil],
    });
    let schema = json!({
        "type": "object", "description": evil, "properties": { "text": text }, "required": ["text"],
    });
    triggers.push(TriggerDefinition::new("evil", evil, &schema).expect("a schema"));
    let status = json!({
        "title": "Status",
        "type": "integer",
        "oneOf": [{ "const": 1, "title": "Booked" }, { "const": 2, "title": "Called off" }],
    });
    let schema = json!({ "type": "object", "properties": { "status": status } });
    triggers.push(TriggerDefinition::new("visit", "Visit", &schema).expect("a schema"));
    triggers
}

async fn emulator() -> Emulator {
    let triggers = triggers();
    let config = Config::parse(CONFIG, &triggers).expect("a configuration");
    Emulator::builder()
        .at("2026-03-02T09:00:00Z".parse().expect("a time"))
        .triggers(triggers)
        .config(config)
        .start()
        .await
        .expect("an emulator")
}

/// Runs a script against an emulator of its own.
fn look(script: &str) {
    // Its threads serve while this one waits for node.
    let runtime = Runtime::new().expect("a runtime");
    let wix = runtime.block_on(emulator());
    let (status, output) = run(script, &format!("http://{}", wix.address()));
    let ended = status.map_or_else(|| format!("no end in {LIMIT:?}"), |it| it.to_string());
    let is_well = status.is_some_and(|it| it.success());
    assert!(is_well && output.ends_with("\nall checks passed\n"), "{ended}\n{output}");
    println!("{output}");
}

/// No status if the limit is over, and all that the script wrote.
fn run(script: &str, server: &str) -> (Option<ExitStatus>, String) {
    let folder = repository().join("tests/page");
    let is_there = folder.join("node_modules").exists();
    assert!(is_there, "the driver is missing: run `npm ci` in tests/page");
    // A file takes any length, where a pipe that nobody reads stops node.
    let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join(script).with_extension("txt");
    let file = File::create(&written).expect("a file");
    let mut node = Command::new("node")
        .arg(script)
        .current_dir(folder)
        .env("EMULATOR", server)
        .stdin(Stdio::null())
        .stdout(file.try_clone().expect("a file"))
        .stderr(file)
        .spawn()
        .expect("node runs");
    let start = Instant::now();
    let mut status = node.try_wait().expect("a child");
    while status.is_none() && start.elapsed() < LIMIT {
        sleep(Duration::from_millis(20));
        status = node.try_wait().expect("a child");
    }
    if status.is_none() {
        // It ends its browser with it.
        let _ = node.kill();
        let _ = node.wait();
    }
    (status, fs::read_to_string(written).expect("text"))
}

#[test]
#[ignore = "needs node and Chromium: .ci/run installs both"]
fn events_are_sent_seen_and_canceled_and_the_clock_is_turned() {
    look("use.mjs");
}

#[test]
#[ignore = "needs node and Chromium: .ci/run installs both"]
fn whatever_is_reported_stays_text() {
    look("text.mjs");
}

#[test]
#[ignore = "needs node and Chromium: .ci/run installs both"]
fn ten_thousand_events_are_paged_and_found() {
    look("many.mjs");
}

#[test]
#[ignore = "needs node and Chromium: .ci/run installs both"]
fn there_is_nothing_that_keeps_people_out() {
    look("access.mjs");
}

#[test]
#[ignore = "needs node and Chromium: .ci/run installs both"]
fn keys_links_and_empty_states_lead_on() {
    look("keys.mjs");
}

/// With `--nocapture`, it tells the figures of docs/measurements.md.
#[test]
#[ignore = "needs node and Chromium: .ci/run installs both"]
fn figures_are_told() {
    look("figures.mjs");
}

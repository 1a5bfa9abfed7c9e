//! The official JavaScript SDK, unmodified, as a client of the emulator.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;
use trigger_emulator::{Emulator, TriggerDefinition};

/// Runs `tests/sdk/emulator.mjs` against the emulator, in a thread that may wait.
async fn checks(wix: &Emulator) -> Output {
    let server = format!("http://{}", wix.address());
    let run = move || {
        Command::new("node")
            .args(["--import", "./redirect.mjs", "emulator.mjs"])
            .current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk"))
            .env("WIX_API_SERVER", server)
            .output()
            .expect("node starts")
    };
    tokio::task::spawn_blocking(run).await.expect("no panic")
}

#[tokio::test]
#[ignore = "needs node and the SDK, which .ci/run installs"]
async fn the_official_sdk_finds_what_it_expects() {
    let starts_at = json!({ "type": "string", "format": "date-time", "futureDate": true });
    let schema = json!({
        "type": "object",
        "properties": { "className": { "type": "string" }, "startsAt": starts_at },
        "required": ["className", "startsAt"],
    });
    let trigger = TriggerDefinition::new("class_starting", "Class starting", &schema);
    let wix = Emulator::builder()
        .at("2026-03-02T09:00:00Z".parse().expect("a time"))
        .triggers(vec![trigger.expect("a schema")])
        .calls_per_minute(10)
        .start()
        .await
        .expect("an emulator");
    let Output { status, stdout, stderr } = checks(&wix).await;
    let (stdout, stderr) = (String::from_utf8_lossy(&stdout), String::from_utf8_lossy(&stderr));
    let passed = stdout.ends_with("all checks passed\n");
    assert!(status.success() && passed, "{stdout}{stderr}{}", wix.history());
}

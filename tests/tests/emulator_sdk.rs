//! The official JavaScript SDK, unmodified, as a client of the emulator.

use std::fs::{self, File};
use std::io;
use std::path::Path;
use std::process::{Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;
use trigger_emulator::{Emulator, TriggerDefinition};

const TRIGGERS: &str = include_str!("../../schemas/_triggers.json");

/// It takes a second or two: a machine under load is given its time, and a hang ends.
const LIMIT: Duration = Duration::from_mins(2);

#[test]
#[ignore = "needs node and the SDK: .ci/run installs both"]
fn the_official_sdk_is_served() {
    // Its threads serve while this one waits for node.
    let runtime = Runtime::new().expect("a runtime");
    let wix = runtime.block_on(emulator());
    let (status, output) = run_node(&format!("http://{}", wix.address())).expect("node runs");
    let ended = status.map_or_else(|| format!("no end in {LIMIT:?}"), |it| it.to_string());
    assert!(
        status.is_some_and(|it| it.success()) && output.ends_with("\nall checks passed\n"),
        "{ended}\n{output}\nwhat the emulator was told:\n{}",
        wix.history(),
    );
}

async fn emulator() -> Emulator {
    let triggers = TriggerDefinition::of_export(TRIGGERS).expect("the committed export");
    Emulator::builder()
        .at("2026-03-02T09:00:00Z".parse().expect("a time"))
        .triggers(triggers)
        // Wix's own, which the script goes beyond.
        .calls_per_minute(200)
        .start()
        .await
        .expect("an emulator")
}

/// Gives no status if the limit is over, and all that node wrote.
fn run_node(server: &str) -> io::Result<(Option<ExitStatus>, String)> {
    let sdk = Path::new(env!("CARGO_MANIFEST_DIR")).join("sdk");
    assert!(sdk.join("node_modules").exists(), "the SDK is missing: run `npm ci` in tests/sdk");
    // A file takes any length, where a pipe that nobody reads stops node.
    let written = Path::new(env!("CARGO_TARGET_TMPDIR")).join("emulator_sdk.txt");
    let file = File::create(&written)?;
    let mut node = Command::new("node")
        .args(["--import", "./redirect.mjs", "emulator.mjs"])
        .current_dir(sdk)
        .env("WIX_API_SERVER", server)
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()?;
    let start = Instant::now();
    let mut status = node.try_wait()?;
    while status.is_none() && start.elapsed() < LIMIT {
        sleep(Duration::from_millis(20));
        status = node.try_wait()?;
    }
    if status.is_none() {
        node.kill()?;
        node.wait()?;
    }
    Ok((status, fs::read_to_string(written)?))
}

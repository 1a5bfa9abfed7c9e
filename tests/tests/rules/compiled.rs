//! A crate of examples, and what the compiler says of it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// An error or warning.
#[derive(Debug)]
pub(crate) struct Message {
    /// The file that it points at, from the crate's folder.
    pub(crate) file: PathBuf,
    /// The source that it points at.
    pub(crate) source: String,
    pub(crate) words: String,
    /// All of it, as a terminal shows it.
    pub(crate) rendered: String,
}

/// Checks the crate in `folder`, offline, with all its targets.
pub(crate) fn check(folder: &Path, target: &str) -> Vec<Message> {
    let output = Command::new(env!("CARGO"))
        .current_dir(folder)
        // What the running test was built with is not for this crate.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .args(["check", "--offline", "--keep-going", "--lib", "--bins"])
        .args(["--message-format=json", "--target-dir=target"])
        .output()
        .expect("cargo starts");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    let lines: Vec<Value> =
        text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    // Without this line, no message would mean that nothing was compiled.
    let is_checked = |line: &Value| line["target"]["name"] == target;
    let notes = String::from_utf8_lossy(&output.stderr);
    assert!(lines.iter().any(is_checked), "the examples were not compiled:\n{notes}");
    lines.iter().filter_map(message).collect()
}

fn message(line: &Value) -> Option<Message> {
    let message = &line["message"];
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true)?;
    let text = |value: &Value| value.as_str().map(str::to_owned);
    Some(Message {
        file: PathBuf::from(primary["file_name"].as_str()?),
        source: pointed_at(primary).unwrap_or_default(),
        words: text(&message["message"])?,
        rendered: text(&message["rendered"])?,
    })
}

/// What stands in the source where the span of one line points.
fn pointed_at(span: &Value) -> Option<String> {
    let line = span["text"][0]["text"].as_str()?;
    let column = |name: &str| usize::try_from(span[name].as_u64()?).ok()?.checked_sub(1);
    line.get(column("column_start")?..column("column_end")?).map(str::to_owned)
}

/// Writes the manifest of a crate that uses `trigger-core` with these features, and the versions
/// that the workspace has, so that nothing need be downloaded.
pub(crate) fn write_manifest(folder: &Path, name: &str, features: &str, dependencies: &str) {
    let core = Path::new(WORKSPACE).join("trigger-core").display().to_string();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n\
         [dependencies]\ntrigger-core = {{ path = {core:?}, features = [{features}] }}\n\
         {dependencies}\n[workspace]\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    let lock = fs::read_to_string(Path::new(WORKSPACE).join("Cargo.lock")).expect("a lock file");
    write(&folder.join("Cargo.lock"), &lock);
}

pub(crate) fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

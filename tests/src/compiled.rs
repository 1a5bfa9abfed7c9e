//! A crate of examples, and what the compiler says of it.
//!
//! Editors read what is asked for here, a message for each mistake. A terminal hides one that is
//! told twice: Cargo prints the same text once.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What the compiler says of itself, such as `rustc 1.95.0 (59807616e 2026-04-14)`.
///
/// # Panics
///
/// If there is none.
#[must_use]
pub fn compiler_version() -> String {
    let compiler = std::env::var_os("RUSTC").unwrap_or_else(|| OsString::from("rustc"));
    let output = Command::new(compiler).arg("--version").output().expect("rustc starts");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// An error or warning.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Message {
    /// The file that it points at, from the crate's folder.
    pub file: PathBuf,
    /// The line and column that it points at, from 1.
    pub place: (u64, u64),
    /// Its first line, without the code of the compiler's own.
    pub words: String,
}

/// Checks the crate in `folder`, offline, with all its targets, one of which has this name.
///
/// # Panics
///
/// If the target was not compiled.
#[must_use]
pub fn check(folder: &Path, target: &str) -> Vec<Message> {
    let output = Command::new(env!("CARGO"))
        .current_dir(folder)
        // What the running test was built with is not for this crate.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .args(["check", "--offline", "--keep-going"])
        .args(["--message-format=json", "--target-dir=../compiled"])
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
    Some(Message {
        file: PathBuf::from(primary["file_name"].as_str()?),
        place: (primary["line_start"].as_u64()?, primary["column_start"].as_u64()?),
        words: message["message"].as_str()?.to_owned(),
    })
}

/// Writes the manifest of a crate that uses `trigger-core` with these features, and the versions
/// that the workspace has, so that nothing need be downloaded. `rest` begins with its other
/// dependencies.
///
/// # Panics
///
/// If that fails.
pub fn write_manifest(folder: &Path, name: &str, features: &str, rest: &str) {
    let core = Path::new(WORKSPACE).join("trigger-core").display().to_string();
    let manifest = format!(
        "[package]\nname = \"{name}\"\nedition = \"2024\"\n\n\
         [dependencies]\ntrigger-core = {{ path = {core:?}, default-features = false, features = [{features}] }}\n\
         {rest}\n[workspace]\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    let lock = fs::read_to_string(Path::new(WORKSPACE).join("Cargo.lock")).expect("a lock file");
    write(&folder.join("Cargo.lock"), &lock);
}

/// Writes a file, and the folder around it.
///
/// # Panics
///
/// If that fails.
pub fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

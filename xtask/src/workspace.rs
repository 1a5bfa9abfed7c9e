//! Where the workspace is.

use std::env;
use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::Command;

/// The workspace that the program belongs to: the one of the package that `cargo run` says it
/// runs, whatever folder the user stands in; without cargo, the one of the current folder.
pub(crate) fn root() -> Result<PathBuf, RootError> {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(["locate-project", "--workspace", "--message-format", "plain"]);
    if let Some(package) = env::var_os("CARGO_MANIFEST_DIR") {
        command.current_dir(package);
    }
    let output = command.output().map_err(RootError::NoCargo)?;
    if !output.status.success() {
        let words = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(RootError::NoWorkspace { words });
    }
    let manifest = String::from_utf8(output.stdout).map_err(|_| RootError::NotUnicode)?;
    let mut root = PathBuf::from(OsString::from(manifest.trim_end()));
    root.pop();
    Ok(root)
}

/// Why the workspace was not found.
#[derive(Debug, thiserror::Error)]
pub enum RootError {
    /// Cargo did not start.
    #[error("could not run cargo to find the workspace")]
    NoCargo(#[source] io::Error),
    /// Cargo found none.
    #[error("found no workspace\n{words}")]
    NoWorkspace {
        /// What cargo said.
        words: String,
    },
    /// The workspace's path is not Unicode, so cargo's answer cannot be trusted.
    #[error("the path of the workspace is not Unicode")]
    NotUnicode,
}

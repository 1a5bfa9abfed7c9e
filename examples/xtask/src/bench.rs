//! `cargo xtask bench`: measures the limits that this repository holds itself to.

mod compile;

use std::io;
use std::path::PathBuf;

use clap::Subcommand;
use trigger_xtask::Outcome;

/// What to measure.
#[derive(Debug, Subcommand)]
pub(crate) enum Bench {
    /// What `derive(Trigger)` adds to `cargo check`, beside what `derive(JsonSchema)` adds
    Compile(compile::Options),
}

impl Bench {
    /// Measures and prints; a figure over its limit is a finding.
    pub(crate) fn run(&self) -> Result<Outcome, BenchError> {
        let within_limits = match self {
            Self::Compile(options) => compile::run(options)?,
        };
        Ok(if within_limits { Outcome::Success } else { Outcome::Findings })
    }
}

/// Why nothing could be measured.
#[derive(Debug, thiserror::Error)]
pub(crate) enum BenchError {
    /// A file of the generated workspace.
    #[error("cannot write {path}: {source}", path = .path.display())]
    Write { path: PathBuf, source: io::Error },
    /// Where the program itself stands, which tells where `target` is.
    #[error("cannot find the target folder: {0}")]
    TargetFolder(io::Error),
    #[error("cannot run cargo: {0}")]
    Cargo(io::Error),
    /// A crate that should compile does not.
    #[error("the generated package `{package}` does not compile ({status}):\n{output}")]
    Broken { package: &'static str, status: std::process::ExitStatus, output: String },
    #[error("cargo found `{package}` unchanged and did not check it again:\n{output}")]
    NotChecked { package: &'static str, output: String },
    /// The yardstick itself could not be seen.
    #[error(
        "derive(JsonSchema) seems to cost nothing ({added:.3} s): the machine is too busy to \
         measure; try more --rounds"
    )]
    Noise { added: f64 },
}

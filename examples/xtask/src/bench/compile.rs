//! `cargo xtask bench compile`: what `derive(Trigger)` costs the compiler.
//!
//! Three crates hold the same structs: with `Serialize` alone, with schemars' `JsonSchema` and
//! with `Trigger`. Each is checked again and again, and what the two derives add to the first is
//! compared. schemars' derive is the yardstick because it reads the same attributes and describes
//! the same structs; a ratio says the same on a fast machine and on a slow one.

mod project;
mod report;
mod source;

use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;

use super::BenchError;
use project::Project;
use report::Report;
use source::Variant;

/// How long to measure.
#[derive(Debug, Args)]
pub(crate) struct Options {
    /// How often each of the three crates is checked
    #[arg(long, default_value = "20")]
    rounds: NonZeroUsize,
}

/// What one check took.
#[derive(Clone, Copy, Debug, Default)]
struct Sample {
    /// Of cargo and the compiler together, which other work on the machine disturbs little.
    cpu: Duration,
    wall: Duration,
}

/// A sample of each variant, in the order of [`Variant::ALL`].
type Round = [Sample; Variant::ALL.len()];

/// Measures and prints; whether the ratio is within its limit.
pub(super) fn run(options: &Options) -> Result<bool, BenchError> {
    let project = Project::write(&folder()?)?;
    eprintln!("checking the dependencies");
    for variant in Variant::ALL {
        project.check_dependencies(variant)?;
    }
    let mut rounds = Vec::new();
    for number in 0..options.rounds.get() {
        eprintln!("round {} of {}", number + 1, options.rounds);
        rounds.push(measure(&project, number % Variant::ALL.len())?);
    }
    let report = Report::of(&rounds)?;
    println!("{report}");
    Ok(report.is_within_limit())
}

/// Checks each variant once, beginning with the one at `first`: a fixed order would let one of
/// them always follow the same other.
fn measure(project: &Project, first: usize) -> Result<Round, BenchError> {
    let mut round = Round::default();
    for turn in 0..round.len() {
        let index = (first + turn) % round.len();
        round[index] = project.check(Variant::ALL[index])?;
    }
    Ok(round)
}

/// `bench-compile` in the target folder that this program was built into.
fn folder() -> Result<PathBuf, BenchError> {
    let program = std::env::current_exe().map_err(BenchError::TargetFolder)?;
    // target/PROFILE/PROGRAM
    let target = program.ancestors().nth(2).unwrap_or(Path::new("target"));
    Ok(target.join("bench-compile"))
}

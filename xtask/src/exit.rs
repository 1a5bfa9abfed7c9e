//! Exit codes, and the messages that go with them.

use std::error::Error;
use std::io::Write as _;
use std::process::ExitCode;

/// The exit code of findings and differences.
const FINDINGS: u8 = 100;
/// The exit code of a command that could not run; a panic of Rust's has the same.
const COULD_NOT_RUN: u8 = 101;

/// How a command that could run came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Nothing to complain of: exit code 0.
    Success,
    /// Findings, or differences: exit code 100.
    Findings,
}

/// The exit code of a command: 0, 100 for findings or differences, 101 if it could not run.
///
/// An error is written to standard error, with what caused it.
///
/// ```
/// use std::process::ExitCode;
/// use trigger_xtask::{Outcome, exit_code};
///
/// let findings = exit_code(Ok::<_, std::io::Error>(Outcome::Findings));
/// assert_eq!(findings, ExitCode::from(100));
/// ```
pub fn exit_code<E: Error>(result: Result<Outcome, E>) -> ExitCode {
    match result {
        Ok(Outcome::Success) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(FINDINGS),
        Err(error) => {
            // Nobody is left to tell if standard error is closed.
            let _ = writeln!(std::io::stderr(), "error: {}", with_causes(&error));
            ExitCode::from(COULD_NOT_RUN)
        }
    }
}

/// An error and what caused it, in one text.
fn with_causes(error: &dyn Error) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let words = error.to_string();
        // Some errors already say what caused them.
        if !text.contains(&words) {
            text.push_str(": ");
            text.push_str(&words);
        }
        cause = error.source();
    }
    text
}

/// The arguments of the program.
///
/// # Errors
///
/// The exit code with which the program ends at once: 0 after `--help` and `--version`, 101
/// where clap's own would be 2.
pub fn parse<P: clap::Parser>() -> Result<P, ExitCode> {
    P::try_parse().map_err(|error| {
        // Nobody is left to tell if the stream is closed.
        let _ = error.print();
        if error.use_stderr() { ExitCode::from(COULD_NOT_RUN) } else { ExitCode::SUCCESS }
    })
}

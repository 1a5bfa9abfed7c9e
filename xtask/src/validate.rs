//! `validate`: payloads, held to the schema of a trigger.

mod payloads;

use std::io::{self, Read as _, Write};
use std::path::PathBuf;

use trigger_core::registry::{self, RegistryError};
use trigger_core::schema::TriggerSpec;

use crate::exit::Outcome;
use crate::judge::{Judge, Problem};
use crate::output::count;
use crate::selection::{self, Triggers, UnknownKey};
use crate::text::{NotUtf8, decoded};

/// Holds payloads to the schema of a trigger.
///
/// Each file holds one payload, or one on each line (JSON lines).
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Validate {
    /// The key of the trigger
    #[arg(long, value_name = "KEY")]
    key: String,

    /// Take the triggers of this package only, where the workspace has several apps
    #[arg(long, value_name = "NAME")]
    package: Option<String>,

    /// The files with payloads; `-` is the standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Validate {
    /// Validates against a trigger that is linked into this program.
    ///
    /// # Errors
    ///
    /// As [`run_on`](Self::run_on), and if no trigger is linked or two have one key.
    pub fn run(&self, output: &mut dyn Write) -> Result<Outcome, ValidateError> {
        self.run_on(&registry::distinct(self.package.as_deref())?, output)
    }

    /// Validates against one of these triggers. `output` stands for the standard output.
    ///
    /// # Errors
    ///
    /// If no trigger has the key, a file cannot be read or `output` fails.
    pub fn run_on(
        &self,
        triggers: Triggers<'_>,
        output: &mut dyn Write,
    ) -> Result<Outcome, ValidateError> {
        let judge = judge(selection::find(triggers, &self.key)?)?;
        let (mut payloads, mut problems) = (0, 0);
        for file in &self.files {
            let (name, text) = read(file)?;
            let found = payloads::all(&text);
            // As where whatever was to write it failed.
            if found.is_empty() {
                problems += 1;
                writeln!(output, "{name}:1: there is no payload").map_err(ValidateError::Output)?;
            }
            for payload in found {
                payloads += 1;
                let (line, found) = (payload.line, payload.problems(&judge));
                problems += found.len();
                for problem in found {
                    writeln!(output, "{name}:{line}: {problem}").map_err(ValidateError::Output)?;
                }
            }
        }
        let (counted, key) = (count(payloads, "payload"), &self.key);
        let conclusion = match problems {
            0 => format!("{counted} of {key}: nothing is wrong"),
            problems => format!("{counted} of {key}: {}", count(problems, "problem")),
        };
        writeln!(output, "{conclusion}").map_err(ValidateError::Output)?;
        Ok(if problems == 0 { Outcome::Success } else { Outcome::Findings })
    }
}

fn judge(trigger: &'static TriggerSpec) -> Result<Judge, ValidateError> {
    let problems = match serde_json::to_value(trigger.payload_document()) {
        Ok(document) => match Judge::new(&document) {
            Ok(judge) => return Ok(judge),
            Err(problems) => problems.iter().map(Problem::to_string).collect(),
        },
        Err(error) => vec![error.to_string()],
    };
    Err(ValidateError::Document { key: trigger.key(), problems: problems.join("\n") })
}

/// The most that is read of a file, in bytes: a hundred thousand payloads of a kilobyte.
const LIMIT: u64 = 100_000_000;

/// The name of a file for messages, and what stands in it.
fn read(file: &PathBuf) -> Result<(String, String), ValidateError> {
    let (name, bytes) = if file.as_os_str() == "-" {
        ("(standard input)".to_owned(), up_to(LIMIT, io::stdin()))
    } else {
        let opened = std::fs::File::open(file);
        (file.display().to_string(), opened.and_then(|opened| up_to(LIMIT, opened)))
    };
    let read = |source| ValidateError::Read { file: name.clone(), source };
    let bytes = bytes.map_err(read)?;
    match decoded(&bytes) {
        Ok(text) => Ok((name, text.to_owned())),
        Err(fault) => Err(ValidateError::NotUtf8 { file: name, fault }),
    }
}

fn up_to(limit: u64, reader: impl io::Read) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    reader.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let words = format!("it has more than {} MB; split it", limit / 1_000_000);
        return Err(io::Error::new(io::ErrorKind::FileTooLarge, words));
    }
    Ok(bytes)
}

/// Why payloads could not be validated.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ValidateError {
    /// The program's triggers are of no use as they are.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// No trigger has the key.
    #[error(transparent)]
    UnknownKey(#[from] UnknownKey),
    /// The trigger's own schema is no schema.
    #[error("the schema of {key} is no schema, as `cargo xtask export-schemas` says\n{problems}")]
    Document {
        /// The key of the trigger.
        key: &'static str,
        /// What is wrong, a line each.
        problems: String,
    },
    /// A file could not be read.
    #[error("could not read {file}")]
    Read {
        /// The file.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A file is no text.
    #[error("{file} {fault}; save it as UTF-8")]
    NotUtf8 {
        /// The file.
        file: String,
        /// What it is.
        fault: NotUtf8,
    },
    /// The standard output could not be written to.
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_more_is_read_than_the_limit() {
        assert_eq!(up_to(5, &b"12345"[..]).expect("as much as may be"), b"12345");
        let error = up_to(5, io::repeat(b' ')).expect_err("more").to_string();
        assert_eq!(error, "it has more than 0 MB; split it");
    }
}

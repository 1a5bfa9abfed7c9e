use std::fs::File;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use crate::exit::Outcome;
use crate::output::count;

use super::{ImportError, Input, Options, Refusal, Time, input, to_rust};

/// Writes the struct of a payload schema, or of sample payloads, to the standard output.
///
/// A schema is one that was copied out of the app dashboard. Samples of one trigger are merged: a
/// key that one of them lacks becomes an `Option`. Roles that a sample cannot tell are proposed in
/// comments. What cannot be imported is told, all of it at once.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct Import {
    /// The key of the trigger [default: the name of the first file, without its ending]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// The crate whose types hold dates
    #[arg(long, value_name = "CRATE", default_value = "jiff")]
    time: Time,

    /// The files with a schema or with samples; `-` is the standard input
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
}

impl Import {
    /// Imports the files. `output` and `notes` stand for the standard output and the standard
    /// error.
    ///
    /// # Errors
    ///
    /// As [`to_rust`], but for what is refused, which is told in `notes`; and if a file cannot be
    /// read or a stream fails.
    pub fn run(
        &self,
        output: &mut dyn Write,
        notes: &mut dyn Write,
    ) -> Result<Outcome, ImportError> {
        let files: Vec<_> = self.files.iter().map(|file| read(file)).collect::<Result<_, _>>()?;
        let inputs: Vec<_> =
            files.iter().map(|(name, bytes)| Input { name, bytes: bytes.as_slice() }).collect();
        let Self { key, time, .. } = self.clone();
        match to_rust(&inputs, &Options { key, time }) {
            Ok(source) => {
                output.write_all(source.as_bytes()).map_err(ImportError::Output)?;
                Ok(Outcome::Success)
            }
            Err(ImportError::Refused(refusals)) => {
                tell(&refusals, notes).map_err(ImportError::Output)?;
                Ok(Outcome::Findings)
            }
            Err(error) => Err(error),
        }
    }
}

fn tell(refusals: &[Refusal], notes: &mut dyn Write) -> io::Result<()> {
    for refusal in refusals {
        writeln!(notes, "{refusal}")?;
    }
    let counted = count(refusals.len(), "finding");
    writeln!(notes, "{counted}; nothing was imported. `cargo xtask rules T…` explains a rule")
}

/// The name of a file for messages, and what stands in it; a little too much of what is too large.
pub(super) fn read(file: &Path) -> Result<(String, Vec<u8>), ImportError> {
    let most = input::LIMIT as u64 + 1;
    let mut bytes = Vec::new();
    let (name, result) = if file.as_os_str() == "-" {
        ("(standard input)".to_owned(), io::stdin().take(most).read_to_end(&mut bytes))
    } else {
        let opened = File::open(file);
        let read = opened.and_then(|opened| opened.take(most).read_to_end(&mut bytes));
        (file.display().to_string(), read)
    };
    match result {
        Ok(_) => Ok((name, bytes)),
        Err(source) => Err(ImportError::Read { file: name, source }),
    }
}

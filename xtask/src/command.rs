use std::io::{self, BufWriter, Write as _};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::check::{Check, CheckError};
#[cfg(feature = "emulator")]
use crate::emulate::{self, EmulateError};
use crate::exit::{Outcome, exit_code, parse};
use crate::export::{ExportError, ExportSchemas};
use crate::import::{Import, ImportError, ImportWebhook};
use crate::mark_published::MarkPublished;
use crate::output::ForgivingWriter;
use crate::rules::{Rules, RulesError};
use crate::validate::{Validate, ValidateError};

/// Wix Automations triggers: schemas from Rust structs
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask", version)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

/// The commands of this library.
#[derive(Debug, Subcommand)]
#[non_exhaustive]
pub enum Command {
    /// Write the payload schemas that are pasted into the app dashboard
    ExportSchemas(ExportSchemas),
    /// Ask whether the edits since the last paste may be made to published triggers
    Check(Check),
    /// Record that the schemas of these triggers are in the app dashboard now
    MarkPublished(MarkPublished),
    /// Hold payloads to the schema of a trigger
    Validate(Validate),
    /// Write the struct of a payload schema or of sample payloads that exist already
    Import(Import),
    /// Write the types of a webhook's body, from Wix's reference page of it
    ImportWebhook(ImportWebhook),
    /// Serve Wix Automations on this machine, with a clock you can turn
    #[cfg(feature = "emulator")]
    Emulator(trigger_emulator::cli::Serve),
    /// List the rules that messages name, or explain some
    Rules(Rules),
}

impl Command {
    /// Runs the command on the triggers that are linked into this program.
    #[must_use]
    pub fn run(&self) -> ExitCode {
        exit_code(self.run_on_standard_streams())
    }

    fn run_on_standard_streams(&self) -> Result<Outcome, CommandError> {
        let mut output = BufWriter::new(ForgivingWriter::new(io::stdout().lock()));
        let mut notes = ForgivingWriter::new(io::stderr());
        let outcome = match self {
            Self::ExportSchemas(export) => export.run(&mut output, &mut notes)?,
            Self::Check(check) => check.run(&mut output, &mut notes)?,
            Self::MarkPublished(mark) => mark.run(&mut output, &mut notes)?,
            Self::Validate(validate) => validate.run(&mut output)?,
            Self::Import(import) => import.run(&mut output, &mut notes)?,
            Self::ImportWebhook(import) => import.run(&mut output)?,
            #[cfg(feature = "emulator")]
            Self::Emulator(emulator) => {
                // It writes from another thread.
                drop(output);
                return Ok(emulate::run(emulator)?);
            }
            Self::Rules(rules) => rules.run(&mut output)?,
        };
        output.flush().map_err(CommandError::Output)?;
        Ok(outcome)
    }
}

/// Why a command could not run.
#[derive(Debug, thiserror::Error)]
enum CommandError {
    #[error(transparent)]
    Export(#[from] ExportError),
    #[error(transparent)]
    Check(#[from] CheckError),
    #[error(transparent)]
    Validate(#[from] ValidateError),
    #[error(transparent)]
    Import(#[from] ImportError),
    #[cfg(feature = "emulator")]
    #[error(transparent)]
    Emulator(#[from] EmulateError),
    #[error(transparent)]
    Rules(#[from] RulesError),
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

/// The whole `main` of a program with the commands of this library and no others.
#[must_use]
pub fn main() -> ExitCode {
    match parse::<Arguments>() {
        Ok(arguments) => arguments.command.run(),
        Err(code) => code,
    }
}

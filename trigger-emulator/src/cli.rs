//! The emulator as a server: the program `trigger-emulator`, and `cargo xtask emulator`.

mod kept;
mod output;
mod signals;
mod source;
mod watch;

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::thread;

use axum::http::uri::Authority;
use clap::{Args, Parser};
use jiff::Timestamp;

use crate::config::SetUp;
use crate::{Assumption, Builder, Emulator, StartError, TriggerDefinition};
use kept::Kept;
pub use kept::KeptError;
use output::Output;
pub use source::SourceError;
use source::{Judged, Sources};

/// Calls a minute for each app instance (Wix's REST reference).
const CALLS_PER_MINUTE: u32 = 200;

/// How many lines of history are remembered, which take some 40 MB.
const HISTORY: usize = 100_000;

/// The exit code of a program that could not run; a panic of Rust's has the same.
const COULD_NOT_RUN: u8 = 101;

/// Where the payload schemas of an app are, if nobody says.
const SCHEMAS: &str = "schemas";

/// Serves Wix's Triggered Events API on this machine, runs automations, and tells what happens.
///
/// The first line of the output is its address, as JSON. The files that it is set up with are read
/// again when they change. A trigger without automations has one that acts at once, or at the
/// event's date.
#[derive(Clone, Debug, Args)]
pub struct Serve {
    /// What it is set up with: a TOML file of apps, automations, limits and assumptions
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
    /// A folder of payload schemas, or a `_triggers.json` [default: the triggers that are linked into
    /// the program; `schemas` where that has none of its own]
    #[arg(long, value_name = "PATH")]
    schemas: Option<PathBuf>,
    /// The port to serve on; 0 takes one that is free
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The address to listen on; others can then call than programs of this machine
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    listen: IpAddr,
    /// A name by which it may be called, beside localhost; with a port, only by that one
    #[arg(long, value_name = "NAME", value_parser = host)]
    allow_host: Vec<String>,
    /// Stop the clock at this time at first, such as 2026-03-02T09:00:00Z; calls have no limit while it
    /// stands, unless the file says one
    #[arg(long, value_name = "TIME", value_parser = time)]
    at: Option<Timestamp>,
    #[command(flatten)]
    kept: Kept,
}

/// Why the emulator did not serve.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ServeError {
    /// A file that it is set up with cannot be used.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// A state or a history cannot be read or written.
    #[error(transparent)]
    Kept(#[from] KeptError),
    /// There is no emulator.
    #[error(transparent)]
    Start(#[from] StartError),
    /// The system gives no runtime.
    #[error("cannot start a runtime")]
    Runtime(#[source] io::Error),
}

impl Serve {
    /// The payload schemas, if some were named.
    #[must_use]
    pub fn schemas(&self) -> Option<&Path> {
        self.schemas.as_deref()
    }

    /// Serves until the process ends: the schemas that were named, or else these triggers, or else
    /// the folder `schemas`.
    ///
    /// # Errors
    ///
    /// [`ServeError`] if a file cannot be used, or the port is taken.
    pub fn run(&self, triggers: Option<Vec<TriggerDefinition>>) -> Result<(), ServeError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(ServeError::Runtime)?.block_on(self.serve(triggers))
    }

    async fn serve(&self, triggers: Option<Vec<TriggerDefinition>>) -> Result<(), ServeError> {
        let output = Output::stdout();
        let ended = self.serve_and_tell(triggers, &output).await;
        output.finish();
        ended
    }

    async fn serve_and_tell(
        &self,
        triggers: Option<Vec<TriggerDefinition>>,
        output: &Output,
    ) -> Result<(), ServeError> {
        let sources = self.sources(triggers);
        let contents = sources.read();
        let judged = sources.judge(&contents)?;
        let config = judged.config.clone();
        self.kept.check()?;
        let (builder, recorded) = self.kept.record(self.builder(judged))?;
        let observer = output.clone();
        let emulator = builder.observer(move |words| observer.tell(words)).start().await?;
        // Nobody is served before the first `await`.
        let resumed = self.kept.resume(&emulator)?;
        let set_up = emulator.set_up();
        // Whoever reads the address may ask at once.
        let asked_to_end = signals::asked_to_end();
        output.tell(&format!("{{\"address\":\"http://{}\"}}", emulator.address()));
        for words in recorded.iter().chain(&resumed) {
            output.tell(words);
        }
        if !resumed.is_empty() {
            // The file says what is set up, whatever was when the state was written.
            set_up.apply(None, config);
        }
        tell_assumptions(&set_up, output);
        if sources.can_change() {
            let output = output.clone();
            thread::spawn(move || watch::watch(&sources, contents, &set_up, &output));
        }
        tokio::select! {
            () = emulator.wait() => {}
            () = asked_to_end => {}
        }
        Ok(self.kept.save(&emulator)?)
    }

    fn sources(&self, triggers: Option<Vec<TriggerDefinition>>) -> Sources {
        let config = self.config.clone();
        match (&self.schemas, triggers) {
            (None, Some(triggers)) => Sources::linked(config, triggers),
            (schemas, _) => {
                Sources::files(config, schemas.clone().unwrap_or_else(|| SCHEMAS.into()))
            }
        }
    }

    fn builder(&self, judged: Judged) -> Builder {
        let builder = Emulator::builder().triggers(judged.triggers).remember(HISTORY);
        let builder = builder.listen(self.listen).port(self.port);
        let builder = self.allow_host.iter().fold(builder, Builder::allow_host);
        let builder = builder.calls_per_running_minute(CALLS_PER_MINUTE);
        let builder = match self.at {
            Some(now) => builder.at(now),
            None => builder.running(),
        };
        match judged.config {
            Some(config) => builder.config(config),
            None => builder,
        }
    }
}

/// A name as `Host` has it.
fn host(text: &str) -> Result<String, &'static str> {
    let is_one = text.parse::<Authority>().is_ok() && !text.contains('@');
    if is_one { Ok(text.to_owned()) } else { Err("write the name alone, such as emulator") }
}

fn time(text: &str) -> Result<Timestamp, String> {
    text.parse().map_err(|error| {
        format!("{error}; write it with its zone, as in 2026-03-02T09:00:00Z or 2026-03-02T09:00:00+01:00")
    })
}

fn tell_assumptions(set_up: &SetUp, output: &Output) {
    output.tell("It is assumed of Wix, which does not say:");
    for assumption in Assumption::ALL {
        let words = assumption.words(set_up.holds(assumption));
        output.tell(&format!("  {}: {words}", assumption.name()));
    }
}

/// Wix Automations on this machine, with a clock you can turn
#[derive(Debug, Parser)]
#[command(name = "trigger-emulator", version)]
struct Arguments {
    #[command(flatten)]
    serve: Serve,
}

/// The whole `main` of the program `trigger-emulator`.
#[must_use]
pub fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Nobody is left to tell if the stream is closed.
            let _ = error.print();
            return if error.use_stderr() { COULD_NOT_RUN.into() } else { ExitCode::SUCCESS };
        }
    };
    let Err(error) = arguments.serve.run(None) else { return ExitCode::SUCCESS };
    let _ = writeln!(io::stderr(), "error: {}", with_causes(&error));
    COULD_NOT_RUN.into()
}

/// An error and what caused it, in one text.
fn with_causes(error: &dyn std::error::Error) -> String {
    let causes = std::iter::successors(Some(error), |error| error.source());
    causes.fold(String::new(), |text, cause| match cause.to_string() {
        words if text.is_empty() => words,
        // Some errors already say what caused them.
        words if text.contains(&words) => text,
        words => format!("{text}: {words}"),
    })
}

//! The emulator as a server: the program `trigger-emulator`, and `cargo xtask emulator`.

mod kept;
mod source;
mod watch;

use std::io::{self, Write as _};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::mpsc;
use std::thread;

use clap::{Args, Parser};
use jiff::Timestamp;

use crate::{Assumption, Builder, Emulator, StartError, TriggerDefinition};
use kept::Kept;
pub use kept::KeptError;
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
    /// A name by which it may be called, beside localhost
    #[arg(long, value_name = "NAME")]
    allow_host: Vec<String>,
    /// Stop the clock at this time at first, such as 2026-03-02T09:00:00Z; calls have no limit while it
    /// stands, unless the file says one
    #[arg(long, value_name = "TIME")]
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
        let tell = writer();
        let sources = self.sources(triggers);
        let contents = sources.read();
        let judged = sources.judge(&contents)?;
        let config = judged.config.clone();
        let builder = self.kept.record(self.builder(judged))?;
        let emulator = builder.observer(tell.clone()).start().await?;
        // Nobody is served before the first `await`.
        let resumed = self.kept.resume(&emulator)?;
        let set_up = emulator.set_up();
        tell(&format!("{{\"address\":\"http://{}\"}}", emulator.address()));
        if let Some(words) = resumed {
            tell(&words);
            // The file says what is set up, whatever was when the state was written.
            set_up.apply(None, config);
        }
        tell("It is assumed of Wix, which does not say:");
        for assumption in Assumption::ALL {
            let words = assumption.words(set_up.holds(assumption));
            tell(&format!("  {}: {words}", assumption.name()));
        }
        if sources.can_change() {
            thread::spawn(move || watch::watch(&sources, contents, &set_up, &tell));
        }
        let ended = asked_to_end();
        tokio::select! {
            () = emulator.wait() => {}
            () = ended => {}
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

/// Until the process is interrupted or terminated.
async fn asked_to_end() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        // Without a handler, the system ends the process by itself.
        if let Ok(mut terminated) = signal(SignalKind::terminate()) {
            tokio::select! {
                _ = terminated.recv() => return,
                Ok(()) = interrupted => return,
            }
        }
        std::future::pending::<()>().await;
    }
    #[cfg(not(unix))]
    if interrupted.await.is_err() {
        std::future::pending::<()>().await;
    }
}

/// Writes lines, each at once, without making anybody wait for whoever reads them: nobody may.
fn writer() -> impl Fn(&str) + Send + Sync + Clone + 'static {
    let (sender, lines) = mpsc::channel::<String>();
    thread::spawn(move || {
        for line in lines {
            let mut output = io::stdout().lock();
            // Whoever no longer reads is no reason to stop serving.
            let _ = writeln!(output, "{line}").and_then(|()| output.flush());
        }
    });
    move |line| {
        let _ = sender.send(line.to_owned());
    }
}

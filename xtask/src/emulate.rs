//! `emulator`: the emulator as a server, of the triggers that are linked into this program or of an
//! exported file.

use std::fs;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::sync::mpsc;
use std::thread;

use clap::Args;
use jiff::Timestamp;
use trigger_core::registry::{self, RegistryError};
use trigger_emulator::{
    AccessError, AppAccess, Assumption, DefinitionError, Emulator, StartError, TriggerDefinition,
};

use crate::exit::Outcome;

/// Calls a minute for each app instance (Wix's REST reference).
const CALLS_PER_MINUTE: u32 = 200;

/// Serves Wix's Triggered Events API on this machine, runs automations, and tells what happens.
///
/// The first line of the output is its address, as JSON. Each trigger has an automation that acts at
/// once, or at the event's date.
#[derive(Debug, Args)]
pub struct Emulate {
    /// The port to serve on; 0 takes one that is free
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The triggers of this file instead of those of this program: a `_triggers.json`
    #[arg(long, value_name = "FILE")]
    triggers: Option<PathBuf>,
    /// The apps that may call, as a JSON file; without it any may
    #[arg(long, value_name = "FILE")]
    apps: Option<PathBuf>,
    /// Stop the clock at this time at first, such as 2026-03-02T09:00:00Z
    #[arg(long, value_name = "TIME")]
    at: Option<Timestamp>,
    /// The time zone of the sites
    #[arg(long, value_name = "NAME", default_value = "UTC")]
    time_zone: String,
    /// The most calls a minute for a site, 0 for no limit; Wix's own 200, unless the clock stands still
    #[arg(long, value_name = "CALLS")]
    calls_per_minute: Option<u32>,
    /// Switch off something that is assumed of Wix; the list is told at the start
    #[arg(long, value_name = "ASSUMPTION", value_parser = assumption)]
    without: Vec<Assumption>,
}

fn assumption(name: &str) -> Result<Assumption, String> {
    Assumption::from_name(name).ok_or_else(|| {
        let names = Assumption::ALL.map(Assumption::name).join(", ");
        format!("what is assumed is {names}")
    })
}

/// Why the emulator did not serve.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EmulateError {
    #[error(transparent)]
    Registry(#[from] RegistryError),
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    #[error("cannot read {path}")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path} lists no triggers")]
    Triggers { path: PathBuf, source: DefinitionError },
    #[error("{path} lists no apps")]
    Apps { path: PathBuf, source: AccessError },
    #[error(transparent)]
    Start(#[from] StartError),
    #[error("cannot start a runtime")]
    Runtime(#[source] io::Error),
}

impl Emulate {
    /// Serves until the process ends.
    pub(crate) fn run(&self) -> Result<Outcome, EmulateError> {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(EmulateError::Runtime)?.block_on(self.serve())?;
        Ok(Outcome::Success)
    }

    async fn serve(&self) -> Result<(), EmulateError> {
        let tell = writer();
        let mut builder = Emulator::builder()
            .triggers(self.definitions()?)
            .port(self.port)
            .time_zone(&self.time_zone)?
            .observer(tell.clone());
        if let Some(path) = &self.apps {
            let apps = AppAccess::list(&read(path)?);
            builder = builder
                .apps(apps.map_err(|source| EmulateError::Apps { path: path.clone(), source })?);
        }
        let (set, usual) = match self.at {
            Some(now) => (builder.at(now), 0),
            None => (builder.running(), CALLS_PER_MINUTE),
        };
        builder = set.calls_per_minute(self.calls_per_minute.unwrap_or(usual));
        for assumption in &self.without {
            builder = builder.assume(*assumption, false);
        }
        let emulator = builder.start().await?;
        tell(&format!("{{\"address\":\"http://{}\"}}", emulator.address()));
        tell("It is assumed of Wix, which does not say:");
        for assumption in Assumption::ALL {
            let words = assumption.words(!self.without.contains(&assumption));
            tell(&format!("  {}: {words}", assumption.name()));
        }
        emulator.wait().await;
        Ok(())
    }

    fn definitions(&self) -> Result<Vec<TriggerDefinition>, EmulateError> {
        match &self.triggers {
            Some(path) => TriggerDefinition::of_export(&read(path)?)
                .map_err(|source| EmulateError::Triggers { path: path.clone(), source }),
            None => {
                let triggers = registry::distinct(None)?.into_iter();
                Ok(triggers.map(TriggerDefinition::of).collect::<Result<_, _>>()?)
            }
        }
    }
}

fn read(path: &PathBuf) -> Result<String, EmulateError> {
    fs::read_to_string(path).map_err(|source| EmulateError::Read { path: path.clone(), source })
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

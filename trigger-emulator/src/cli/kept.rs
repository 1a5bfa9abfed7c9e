//! What is kept beyond the process: a state, and a history of what was done.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::{Builder, Emulator, StateError};

/// Where state and history are kept.
#[derive(Clone, Debug, Args)]
pub(super) struct Kept {
    /// Go on with the state of this file if it is there, and write the state to it at the end
    #[arg(long, value_name = "FILE")]
    state: Option<PathBuf>,
    /// Do at first again what this file recorded
    #[arg(long, value_name = "FILE", conflicts_with = "state")]
    replay: Option<PathBuf>,
    /// Record what is done at the end of this file
    #[arg(long, value_name = "FILE")]
    record: Option<PathBuf>,
}

/// Why a state or a history cannot be kept.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum KeptError {
    /// The file cannot be read, or written.
    #[error("cannot {what} {}", path.display())]
    File {
        /// What was to be done with it.
        what: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The file is no state and no history, or one of other triggers.
    #[error("{} cannot be used: {source}", path.display())]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: StateError,
    },
}

impl KeptError {
    fn file(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { what, path: path.to_owned(), source }
    }
}

impl Kept {
    /// Has the emulator record what is done.
    pub(super) fn record(&self, builder: Builder) -> Result<Builder, KeptError> {
        let Some(path) = &self.record else { return Ok(builder) };
        let file = OpenOptions::new().create(true).append(true).open(path);
        Ok(builder.record(file.map_err(KeptError::file("write", path))?))
    }

    /// Has the emulator go on where another one stopped: whether there was something, in words.
    pub(super) fn resume(&self, emulator: &Emulator) -> Result<Option<String>, KeptError> {
        if let Some(path) = &self.replay {
            let text = fs::read_to_string(path).map_err(KeptError::file("read", path))?;
            let done = emulator.replay(&text);
            let done = done.map_err(|source| KeptError::Content { path: path.clone(), source })?;
            return Ok(Some(format!("{}: did {done} things again", path.display())));
        }
        let Some(path) = &self.state else { return Ok(None) };
        let text = match fs::read_to_string(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            read => read.map_err(KeptError::file("read", path))?,
        };
        let loaded = emulator.load(&text);
        loaded.map_err(|source| KeptError::Content { path: path.clone(), source })?;
        Ok(Some(format!("{}: goes on from there", path.display())))
    }

    /// Writes the state, if that was asked for. The file has the old one or the new one, whatever
    /// happens.
    pub(super) fn save(&self, emulator: &Emulator) -> Result<(), KeptError> {
        let Some(path) = &self.state else { return Ok(()) };
        let new = path.with_added_extension("new");
        let written = File::create(&new).and_then(|mut file| {
            file.write_all(emulator.save().as_bytes())?;
            file.sync_all()
        });
        written.and_then(|()| fs::rename(&new, path)).map_err(KeptError::file("write", path))
    }
}

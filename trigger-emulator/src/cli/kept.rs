//! What is kept beyond the process: a state, and a history of what was done.

mod history;

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::{Builder, Emulator, StateError, file};
use history::History;

/// The most that a state or a history has, in bytes: both are read as a whole.
const MAX_BYTES: u64 = 1_000_000_000;

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
    /// One file is to be two things.
    #[error("{} cannot be for {one} and {other} at once; name two files", path.display())]
    Twice {
        /// The file.
        path: PathBuf,
        /// An option that names it.
        one: &'static str,
        /// Another one.
        other: &'static str,
    },
}

impl KeptError {
    fn file(what: &'static str, path: &Path) -> impl FnOnce(io::Error) -> Self {
        move |source| Self::File { what, path: path.to_owned(), source }
    }

    fn content(path: &Path) -> impl FnOnce(StateError) -> Self {
        move |source| Self::Content { path: path.to_owned(), source }
    }
}

impl Kept {
    /// Refuses at the start what would be found out at the end only.
    pub(super) fn check(&self) -> Result<(), KeptError> {
        for (one, path) in [("--state", &self.state), ("--replay", &self.replay)] {
            let (Some(path), Some(record)) = (path, &self.record) else { continue };
            if is_same(path, record) {
                let path = path.clone();
                return Err(KeptError::Twice { path, one, other: "--record" });
            }
        }
        let Some(path) = &self.state else { return Ok(()) };
        let new = beside(path);
        let made = create(&new).and_then(|_| fs::remove_file(&new));
        made.map_err(KeptError::file("write", path))
    }

    /// Has the emulator record what is done: whether something is to be told of the file, in words.
    pub(super) fn record(&self, builder: Builder) -> Result<(Builder, Option<String>), KeptError> {
        let Some(path) = &self.record else { return Ok((builder, None)) };
        let before = match file::check(path) {
            Err(error) if error.kind() == ErrorKind::NotFound => History::default(),
            checked => checked
                .map_err(KeptError::file("write", path))
                .and_then(|()| History::read(path))?,
        };
        let file = before.go_on(path).map_err(KeptError::file("write", path))?;
        Ok((builder.record(file), before.words(path)))
    }

    /// Has the emulator go on where another one stopped: what to tell of it.
    pub(super) fn resume(&self, emulator: &Emulator) -> Result<Vec<String>, KeptError> {
        if let Some(path) = &self.replay {
            let history = History::read(path)?;
            let done = emulator.replay(history.text()).map_err(KeptError::content(path))?;
            let told = format!("{}: did {done} things again", path.display());
            return Ok(history.words(path).into_iter().chain([told]).collect());
        }
        let Some(path) = &self.state else { return Ok(Vec::new()) };
        let text = match file::read_at_most(MAX_BYTES, path) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            read => read.map_err(KeptError::file("read", path))?,
        };
        emulator.load(&text).map_err(KeptError::content(path))?;
        let now = emulator.clock().now();
        Ok(vec![format!("{}: goes on from there, at {now}", path.display())])
    }

    /// Writes the state, if that was asked for. The file has the old one or the new one, whatever
    /// happens.
    pub(super) fn save(&self, emulator: &Emulator) -> Result<(), KeptError> {
        let Some(path) = &self.state else { return Ok(()) };
        // A link stays one.
        let whole = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
        write(&whole, emulator.save().as_bytes()).map_err(KeptError::file("write", path))
    }
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let new = beside(path);
    let mut file = create(&new)?;
    if let Ok(old) = fs::metadata(path) {
        file.set_permissions(old.permissions())?;
    }
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&new, path)
}

/// Where a state is written before it takes the place of the old one.
fn beside(path: &Path) -> PathBuf {
    path.with_added_extension("new")
}

fn create(path: &Path) -> io::Result<File> {
    options().write(true).truncate(true).open(path)
}

/// Files are made for nobody else to read: they have payloads.
fn options() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// Whether two paths lead to one file, be it there or not.
fn is_same(one: &Path, other: &Path) -> bool {
    let whole = |path: &Path| fs::canonicalize(path).or_else(|_| std::path::absolute(path)).ok();
    whole(one) == whole(other)
}

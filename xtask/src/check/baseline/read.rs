//! A file of a baseline, which may be anything.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::BaselineError;
use crate::change::Snapshot;

/// How much is read. What is larger is something else, and would take its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Limit {
    /// Of one trigger. A schema of a hundred properties has a fiftieth of it.
    File,
    /// Of all triggers together, or of the `_triggers.json` that holds all their schemas.
    Folder,
}

impl Limit {
    pub(super) const fn kilobytes(self) -> u64 {
        match self {
            Self::File => 1000,
            Self::Folder => 20_000,
        }
    }
}

/// What stands in a file, unless it is too large to be a schema.
pub(super) fn file(path: &Path, name: &str) -> Result<String, BaselineError> {
    file_up_to(path, name, Limit::File)
}

pub(super) fn file_up_to(path: &Path, name: &str, limit: Limit) -> Result<String, BaselineError> {
    let failed = |source| BaselineError::Read { file: name.to_owned(), source };
    let data = path.metadata().map_err(failed)?;
    // A pipe would be waited for.
    if !data.is_file() {
        return Err(BaselineError::NoFile { file: name.to_owned() });
    }
    check_size(data.len(), name, limit)?;
    let mut text = String::new();
    let opened = File::open(path).map_err(failed)?;
    // It may have grown meanwhile.
    opened.take(limit.kilobytes() * 1000 + 1).read_to_string(&mut text).map_err(failed)?;
    check_size(text.len() as u64, name, limit)?;
    Ok(text)
}

pub(super) fn check_size(bytes: u64, name: &str, limit: Limit) -> Result<(), BaselineError> {
    if bytes <= limit.kilobytes() * 1000 {
        return Ok(());
    }
    let (name, kilobytes) = (name.to_owned(), bytes / 1000);
    Err(match limit {
        Limit::File => BaselineError::TooLarge { file: name, kilobytes },
        Limit::Folder => BaselineError::TooMuch { name, kilobytes },
    })
}

/// The trigger that stands in a text.
pub(super) fn snapshot(text: &str, name: &str, key: &str) -> Result<Snapshot, BaselineError> {
    // Windows programs write a mark before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Snapshot::read(text, key).map_err(|source| BaselineError::of_snapshot(name, source))
}

/// The trigger of a file that is called as its key.
pub(crate) fn record(text: &str, name: &str, key: &str) -> Result<Snapshot, BaselineError> {
    let snapshot = snapshot(text, name, key)?;
    if snapshot.key == key {
        return Ok(snapshot);
    }
    Err(BaselineError::Key { file: name.to_owned(), key: snapshot.key })
}

/// The key that a file is called by; `None` for a file of no trigger.
pub(super) fn key_of(name: &str) -> Option<&str> {
    name.strip_suffix(".json").filter(|key| trigger_dialect::is_trigger_key(key))
}

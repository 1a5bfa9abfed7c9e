//! A file of a baseline, which may be anything.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::{Fault, manifest};
use crate::change::Snapshot;
use crate::text::decoded;

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

    const fn bytes(self) -> u64 {
        self.kilobytes() * 1000
    }
}

/// What stands in a file, unless it is too large to be a schema.
pub(super) fn file(path: &Path) -> Result<String, Fault> {
    file_up_to(path, Limit::File)
}

pub(super) fn file_up_to(path: &Path, limit: Limit) -> Result<String, Fault> {
    let data = path.metadata()?;
    // A pipe would be waited for.
    if !data.is_file() {
        return Err(Fault::NoFile);
    }
    check_size(data.len(), limit)?;
    let mut bytes = Vec::new();
    // It may have grown meanwhile.
    File::open(path)?.take(limit.bytes() + 1).read_to_end(&mut bytes)?;
    check_size(bytes.len() as u64, limit)?;
    Ok(decoded(&bytes)?.to_owned())
}

pub(super) fn check_size(bytes: u64, limit: Limit) -> Result<(), Fault> {
    if bytes <= limit.bytes() {
        return Ok(());
    }
    let kilobytes = bytes / 1000;
    Err(match limit {
        Limit::File => Fault::TooLarge { kilobytes },
        Limit::Folder => Fault::TooMuch { kilobytes },
    })
}

/// The trigger that stands in a text.
pub(super) fn snapshot(text: &str, key: &str) -> Result<Snapshot, Fault> {
    Ok(Snapshot::of_file(text, key)?)
}

/// The trigger of a file that is called as its key.
pub(super) fn record(text: &str, key: &str) -> Result<Snapshot, Fault> {
    let snapshot = snapshot(text, key)?;
    if snapshot.key == key { Ok(snapshot) } else { Err(Fault::Key(snapshot.key)) }
}

/// The text and the trigger of a file that is called as its key.
pub(crate) fn record_of(path: &Path, key: &str) -> Result<(String, Snapshot), Fault> {
    let text = file(path)?;
    let snapshot = record(&text, key)?;
    Ok((text, snapshot))
}

/// The key that a file is called by; `None` for a file that is no record.
pub(super) fn key_of(name: &str) -> Result<Option<&str>, Fault> {
    let is_record = !name.starts_with('.') && name != manifest::FILE;
    let Some(key) = name.strip_suffix(".json").filter(|_| is_record) else { return Ok(None) };
    // It would be taken for no record, and its trigger for a new one.
    if trigger_dialect::is_trigger_key(key) { Ok(Some(key)) } else { Err(Fault::Name) }
}

//! A file of a baseline, which may be anything.

use std::fs::File;
use std::io::Read as _;
use std::path::Path;

use super::BaselineError;
use crate::change::Snapshot;

/// The largest file that is read. A schema of a hundred properties has a fiftieth of it.
pub(super) const MAX_KILOBYTES: u64 = 1000;
/// The largest `_triggers.json` of an export, which holds all schemas.
pub(super) const MAX_MANIFEST_KILOBYTES: u64 = 100 * MAX_KILOBYTES;

/// What stands in a file, unless it is too large to be a schema.
pub(super) fn file(path: &Path, name: &str) -> Result<String, BaselineError> {
    file_up_to(path, name, MAX_KILOBYTES)
}

pub(super) fn file_up_to(path: &Path, name: &str, limit: u64) -> Result<String, BaselineError> {
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
    opened.take(limit * 1000 + 1).read_to_string(&mut text).map_err(failed)?;
    check_size(text.len() as u64, name, limit)?;
    Ok(text)
}

pub(super) fn check_size(bytes: u64, name: &str, limit: u64) -> Result<(), BaselineError> {
    if bytes <= limit * 1000 {
        return Ok(());
    }
    Err(BaselineError::TooLarge { file: name.to_owned(), kilobytes: bytes / 1000 })
}

/// The trigger that stands in a text.
pub(super) fn snapshot(text: &str, name: &str, key: &str) -> Result<Snapshot, BaselineError> {
    // Windows programs write a mark before the text.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    Snapshot::read(text, key).map_err(|source| BaselineError::of_snapshot(name, source))
}

/// The trigger of a file that is called as its key.
pub(super) fn record(text: &str, name: &str, key: &str) -> Result<Snapshot, BaselineError> {
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

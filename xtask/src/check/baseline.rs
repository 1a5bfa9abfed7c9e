//! What the linked triggers are compared with.

mod error;
mod folder;
mod git;
mod manifest;
mod read;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::change::Snapshot;
use crate::mark_published::PUBLISHED;
use crate::selection::Triggers;

pub use error::{BaselineError, Fault};
pub(crate) use folder::published;
pub(crate) use read::record_of;
use read::snapshot;

/// What the linked triggers are compared with.
#[derive(Debug, Default)]
pub(super) struct Baseline {
    /// What it is, for messages.
    pub(super) name: String,
    pub(super) snapshots: Vec<Snapshot>,
    /// Where each snapshot stands, by its key.
    origins: BTreeMap<String, Origin>,
}

/// Where a snapshot stands.
#[derive(Clone, Debug)]
pub(super) struct Origin {
    /// The file, for messages.
    pub(super) file: String,
    /// Where the file is, or was in a revision.
    pub(super) path: PathBuf,
    /// The line that holds the key or, in a bare schema, the first one; from 1.
    pub(super) line: u32,
    pub(super) source: String,
}

impl Origin {
    fn new(file: &str, path: &Path, text: &str) -> Self {
        // A property may be called `key`, and stands deeper.
        let is_key = |line: &str| line.starts_with("  \"key\":");
        let mut lines = (1..).zip(text.lines());
        let found = lines.clone().find(|(_, line)| is_key(line)).or_else(|| lines.next());
        let (line, source) = found.unwrap_or((1, ""));
        Self { file: file.to_owned(), path: path.to_owned(), line, source: shortened(source) }
    }
}

/// A whole record may stand on one line.
fn shortened(line: &str) -> String {
    const LENGTH: usize = 96;
    match line.char_indices().nth(LENGTH) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line.trim_end().to_owned(),
    }
}

impl Baseline {
    fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    fn push(&mut self, origin: Origin, snapshot: Snapshot) {
        self.origins.insert(snapshot.key.clone(), origin);
        self.snapshots.push(snapshot);
    }

    pub(super) fn origin(&self, key: &str) -> Option<&Origin> {
        self.origins.get(key)
    }

    /// The baseline, unless nothing is in it although its folder was named.
    fn of_something(self) -> Result<Self, BaselineError> {
        if self.snapshots.is_empty() {
            return Err(BaselineError::Empty { folder: self.name });
        }
        Ok(self)
    }

    /// The records of `mark-published`; none if nothing is published yet.
    pub(super) fn of_what_is_published(root: &Path) -> Result<Self, BaselineError> {
        let folder = root.join(PUBLISHED);
        if folder.exists() {
            folder::read(&folder, PUBLISHED)
        } else {
            Ok(Self::new(PUBLISHED.into()))
        }
    }

    /// A folder of `mark-published` or of an export.
    pub(super) fn of_folder(folder: &Path) -> Result<Self, BaselineError> {
        folder::read(folder, &folder.display().to_string())?.of_something()
    }

    /// A folder as it is in a revision.
    pub(super) fn of_git(
        revision: &str,
        folder: Option<&Path>,
        root: &Path,
    ) -> Result<Self, BaselineError> {
        let Some(folder) = folder else {
            return git::read(revision, Path::new(PUBLISHED), root, PUBLISHED);
        };
        let (place, path) = seen_from_what_exists(folder);
        git::read(revision, path, place, &folder.display().to_string())?.of_something()
    }

    /// A schema that was copied out of the dashboard.
    pub(super) fn of_file(file: &Path, key: &str) -> Result<Self, BaselineError> {
        let name = file.display().to_string();
        let failed = |fault| BaselineError::of_pasted(&name, fault);
        let text = read::file(file).map_err(failed)?;
        let mut snapshot = snapshot(&text, key).map_err(failed)?;
        if snapshot.key != key {
            return Err(failed(Fault::Key(snapshot.key)));
        }
        // What it is pasted from is the schema alone.
        snapshot.package = None;
        let mut baseline = Self::new(name.clone());
        baseline.push(Origin::new(&name, file, &text), snapshot);
        Ok(baseline)
    }

    /// What of it is about these triggers: theirs, and what their package has published besides. A
    /// trigger may have come from another package.
    pub(super) fn of(mut self, triggers: Triggers<'_>, package: Option<&str>) -> Self {
        let is_linked = |key: &str| triggers.iter().any(|trigger| trigger.key() == key);
        self.snapshots.retain(|snapshot| {
            let is_of_package = match (package, &snapshot.package) {
                (Some(package), Some(its_own)) => its_own == package,
                _ => true,
            };
            is_linked(&snapshot.key) || is_of_package
        });
        self
    }
}

/// A folder that may be in a revision only: one above it that exists, and the way from there.
fn seen_from_what_exists(folder: &Path) -> (&Path, &Path) {
    let place = folder.ancestors().skip(1).find(|above| above.is_dir());
    match place.and_then(|place| Some((place, folder.strip_prefix(place).ok()?))) {
        Some(found) => found,
        None => (Path::new("."), folder),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> (u32, String) {
        let Origin { line, source, .. } = Origin::new("file", Path::new("file"), text);
        (line, source)
    }

    #[test]
    fn the_place_of_a_record_is_the_line_of_its_own_key() {
        let record = "{\n  \"schema\": {\n    \"key\": {}\n  },\n  \"key\": \"class_full\"\n}\n";
        assert_eq!(place(record), (5, "  \"key\": \"class_full\"".to_owned()));
        let schema = "{\n  \"properties\": {\n    \"key\": {}\n  }\n}\n";
        assert_eq!(place(schema), (1, "{".to_owned()));
    }
}

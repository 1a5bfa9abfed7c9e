//! What the linked triggers are compared with.

mod error;
mod folder;
mod git;
mod read;

use std::collections::BTreeMap;
use std::path::Path;

use crate::change::Snapshot;
use crate::mark_published::PUBLISHED;

pub use error::BaselineError;
use read::snapshot;

/// What the linked triggers are compared with.
#[derive(Debug, Default)]
pub(super) struct Baseline {
    /// What it is, for messages.
    pub(super) name: String,
    pub(super) snapshots: Vec<Snapshot>,
    /// The file of each snapshot, by its key.
    pub(super) files: BTreeMap<String, String>,
}

impl Baseline {
    fn new(name: String) -> Self {
        Self { name, ..Self::default() }
    }

    fn push(&mut self, file: String, snapshot: Snapshot) {
        self.files.insert(snapshot.key.clone(), file);
        self.snapshots.push(snapshot);
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
        folder::read(folder, &folder.display().to_string())
    }

    /// A folder as it is in a revision.
    pub(super) fn of_git(
        revision: &str,
        folder: Option<&Path>,
        root: &Path,
    ) -> Result<Self, BaselineError> {
        match folder {
            Some(folder) => git::read(revision, folder, Path::new(".")),
            None => git::read(revision, Path::new(PUBLISHED), root),
        }
    }

    /// A schema that was copied out of the dashboard.
    pub(super) fn of_file(file: &Path, key: &str) -> Result<Self, BaselineError> {
        let name = file.display().to_string();
        let mut snapshot = snapshot(&read::file(file, &name)?, &name, key)?;
        if snapshot.key != key {
            let key = snapshot.key;
            return Err(BaselineError::Key { file: name, key });
        }
        // What it is pasted from is the schema alone.
        snapshot.package = None;
        let mut baseline = Self::new(name.clone());
        baseline.push(name, snapshot);
        Ok(baseline)
    }

    /// What of it is about this package and this key.
    pub(super) fn of(mut self, package: Option<&str>, key: Option<&str>) -> Self {
        self.snapshots.retain(|snapshot| {
            let is_of_package = match (package, &snapshot.package) {
                (Some(package), Some(its_own)) => its_own == package,
                _ => true,
            };
            is_of_package && key.is_none_or(|key| snapshot.key == key)
        });
        self
    }
}

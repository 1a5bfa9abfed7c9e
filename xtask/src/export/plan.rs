//! What an export would change in its folder.

use super::ExportError;
use super::artifact::Artifact;
use super::folder::Folder;
use super::manifest::Manifest;
use crate::output::count;

/// A file that is not as it should be.
pub(crate) struct Change {
    pub(crate) name: String,
    /// What stands there; `None` if there is no file.
    pub(crate) before: Option<Vec<u8>>,
    /// What should stand there; `None` if there should be no file.
    pub(crate) after: Option<String>,
}

/// What an export would change.
///
/// The changes come in the order schemas, README, manifest, removals.
pub(super) struct Plan {
    pub(super) changes: Vec<Change>,
    /// What the user should know after the export.
    pub(super) notes: Vec<String>,
    files: usize,
    triggers: usize,
}

impl Plan {
    /// Compares the artifacts with the folder.
    ///
    /// # Errors
    ///
    /// [`ExportError::Foreign`] if a file of other content stands in the way and the last
    /// manifest does not name it.
    pub(super) fn new(
        folder: &Folder,
        last: &Manifest,
        artifacts: Vec<Artifact>,
        triggers: usize,
    ) -> Result<Self, ExportError> {
        let files = artifacts.len();
        let mut changes = Vec::new();
        for Artifact { name, text } in artifacts {
            let before = folder.read(&name)?;
            if before.as_deref() != Some(text.as_bytes()) {
                changes.push(Change { name, before, after: Some(text) });
            }
        }
        refuse_foreign(folder, last, &changes)?;
        Ok(Self { changes, notes: Vec::new(), files, triggers })
    }

    /// The plan that also removes these files.
    pub(super) fn removing(
        mut self,
        folder: &Folder,
        names: &[String],
    ) -> Result<Self, ExportError> {
        for name in names {
            let before = folder.read(name)?;
            self.changes.push(Change { name: name.clone(), before, after: None });
        }
        Ok(self)
    }

    /// The plan with something more to know.
    pub(super) fn noting(mut self, note: Option<String>) -> Self {
        self.notes.extend(note);
        self
    }

    /// How many files are to be removed.
    pub(super) fn removals(&self) -> usize {
        self.changes.iter().filter(|change| change.after.is_none()).count()
    }

    /// What the plan is about: "12 files, 10 triggers".
    pub(super) fn subject(&self) -> String {
        format!("{}, {}", count(self.files, "file"), count(self.triggers, "trigger"))
    }
}

fn refuse_foreign(folder: &Folder, last: &Manifest, changes: &[Change]) -> Result<(), ExportError> {
    let foreign =
        changes.iter().filter(|change| folder.has(&change.name) && !last.names(&change.name));
    let files: Vec<_> = foreign.map(|change| folder.shown(&change.name)).collect();
    if files.is_empty() { Ok(()) } else { Err(ExportError::Foreign { files }) }
}

use std::io;

use super::read::Limit;
use crate::change::SnapshotError;

/// What there is to do about a record that is broken.
const MEND: &str = "restore it from git, or write it anew with `cargo xtask mark-published KEY \
                    --replace` once its schema is in the app dashboard";

/// Why what is published cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BaselineError {
    /// A file or folder could not be read.
    #[error("could not read {file}")]
    Read {
        /// The file or folder.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// It is too large to be a payload schema, and was not read.
    #[error(
        "{file} has {kilobytes} kB, and no payload schema has more than {} kB; name the right \
         file, or {MEND}",
        Limit::File.kilobytes()
    )]
    TooLarge {
        /// The file.
        file: String,
        /// Its size.
        kilobytes: u64,
    },
    /// All of it is too large to be the schemas of an app, and was not read.
    #[error(
        "{name} has {kilobytes} kB, and the schemas of no app have more than {} kB; name the right \
         folder",
        Limit::Folder.kilobytes()
    )]
    TooMuch {
        /// The folder or file.
        name: String,
        /// Its size.
        kilobytes: u64,
    },
    /// `_triggers.json` is not that of an export.
    #[error("{file} is not what an export writes; write it anew with `cargo xtask export-schemas`")]
    Manifest {
        /// The file.
        file: String,
        /// Why.
        source: serde_json::Error,
    },
    /// It is no file at all, such as a folder or a pipe.
    #[error("{file} is no file; name the file with the schema")]
    NoFile {
        /// What was to be read.
        file: String,
    },
    /// It is no trigger.
    #[error("{file} cannot be compared with: {source}{}; {MEND}", cause(.source))]
    Snapshot {
        /// The file.
        file: String,
        /// Why.
        source: SnapshotError,
    },
    /// Another version of these tools wrote it.
    #[error("{file} cannot be compared with: {source}")]
    Version {
        /// The file.
        file: String,
        /// Which.
        source: SnapshotError,
    },
    /// It is the record of another trigger.
    #[error("{file} is the record of `{key}`; give it the name of its key, or {MEND}")]
    Key {
        /// The file.
        file: String,
        /// The key that it holds.
        key: String,
    },
    /// No file in the folder is one of a trigger.
    #[error(
        "no file in {folder} is called as a trigger key and `.json`; name the folder of \
         `cargo xtask mark-published` or of `cargo xtask export-schemas`"
    )]
    Empty {
        /// The folder.
        folder: String,
    },
    /// The program git did not start.
    #[error("could not run git, which `--baseline-git` needs")]
    NoGit(#[source] io::Error),
    /// Git refuses.
    #[error("git could not read {revision}: {words}")]
    Git {
        /// What was to be read.
        revision: String,
        /// What git said.
        words: String,
    },
    /// The revision is not in a clone that does not have all of them.
    #[error(
        "this clone is shallow and does not have the revision `{revision}`; fetch it with `git \
         fetch --unshallow`, or give the step `actions/checkout` the option `fetch-depth: 0`"
    )]
    Shallow {
        /// The revision.
        revision: String,
    },
    /// The revision does not exist.
    #[error(
        "git does not know the revision `{revision}`; if it is a branch of another clone, fetch \
         it: `git fetch origin`"
    )]
    UnknownRevision {
        /// The revision.
        revision: String,
    },
}

impl BaselineError {
    pub(super) fn of_snapshot(file: &str, source: SnapshotError) -> Self {
        let file = file.to_owned();
        match source {
            SnapshotError::Newer { .. } | SnapshotError::Older { .. } => {
                Self::Version { file, source }
            }
            source => Self::Snapshot { file, source },
        }
    }
}

/// What the reader of JSON says, before the mend.
fn cause(error: &SnapshotError) -> String {
    std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default()
}

use std::io;

use trigger_dialect::Rule;

use super::read::Limit;
use crate::change::SnapshotError;
use crate::text::NotUtf8;

/// What there is to do about a record that is broken.
const RESTORE: &str = "restore it from git, or write it anew with `cargo xtask mark-published KEY \
                       --replace` once its schema is in the app dashboard";
/// What there is to do about a broken file that was pasted from the dashboard.
const COPY: &str = "copy the schema out of the app dashboard again";

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
    /// A file or folder was read, or looked at, and is not what it should be.
    #[error("{file} {fault}; {mend}")]
    File {
        /// The file or folder.
        file: String,
        /// What is wrong.
        fault: Fault,
        /// What there is to do about it.
        mend: String,
    },
    /// `_triggers.json` is not that of an export.
    #[error("{file} is not what an export writes; write it anew with `cargo xtask export-schemas`")]
    Manifest {
        /// The file.
        file: String,
        /// Why.
        source: serde_json::Error,
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
    /// The folder is a file.
    #[error(
        "{file} is no folder; a file that holds one schema is named with `--baseline-file FILE \
         --key KEY`"
    )]
    NoFolder {
        /// What was named.
        file: String,
    },
    /// The program git did not start.
    #[error("could not run git, which `--baseline-git` needs")]
    NoGit(#[source] io::Error),
    /// Git refuses.
    #[error("git could not read {what}: {words}")]
    Git {
        /// What was to be read.
        what: String,
        /// What git said.
        words: String,
    },
    /// The revision is not in a clone that does not have all of them.
    #[error(
        "this clone is shallow and does not have the revision `{revision}`; fetch it with `{}`, or \
         give the step `actions/checkout` the option `fetch-depth: 0`",
        fetch(.revision).unwrap_or_else(|| "git fetch --unshallow".to_owned())
    )]
    Shallow {
        /// The revision.
        revision: String,
    },
    /// The revision does not exist.
    #[error(
        "git does not know the revision `{revision}`; if it is a branch of another clone, fetch \
         it: `{}`",
        fetch(.revision).unwrap_or_else(|| "git fetch origin".to_owned())
    )]
    UnknownRevision {
        /// The revision.
        revision: String,
    },
}

impl BaselineError {
    /// Of a file that `mark-published` or an export wrote, or of their folder.
    pub(crate) fn of_record(file: &str, fault: Fault) -> Self {
        let mend = match &fault {
            Fault::TooLarge { .. } => format!("name the right file, or {RESTORE}"),
            Fault::NoFile => "move it away".to_owned(),
            Fault::Name => "give it the name of its key, or move it away".to_owned(),
            Fault::Key(_) => format!("give it the name of its key, or {RESTORE}"),
            Fault::Snapshot { source: SnapshotError::Older { .. } } => {
                "check with that one, then write it anew with `mark-published --replace`".to_owned()
            }
            _ => fault.mend().unwrap_or(RESTORE).to_owned(),
        };
        Self::of(file, fault, mend)
    }

    /// Of a file that holds what was copied out of the dashboard.
    pub(super) fn of_pasted(file: &str, fault: Fault) -> Self {
        let mend = match &fault {
            Fault::TooLarge { .. } => format!("name the right file, or {COPY}"),
            Fault::Key(key) => format!("ask with `--key {key}`, or {COPY}"),
            _ => fault.mend().unwrap_or(COPY).to_owned(),
        };
        Self::of(file, fault, mend)
    }

    fn of(file: &str, fault: Fault, mend: String) -> Self {
        let file = file.to_owned();
        match fault {
            Fault::Read(source) => Self::Read { file, source },
            fault => Self::File { file, fault, mend },
        }
    }
}

/// What is wrong with a file.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It cannot be read.
    #[error("cannot be read")]
    Read(#[from] io::Error),
    /// It is too large to be a payload schema, and was not read.
    #[error("has {kilobytes} kB, and no payload schema has more than {} kB", Limit::File.kilobytes())]
    TooLarge {
        /// Its size.
        kilobytes: u64,
    },
    /// All of it is too large to be the schemas of an app, and was not read.
    #[error(
        "has {kilobytes} kB, and the schemas of no app have more than {} kB",
        Limit::Folder.kilobytes()
    )]
    TooMuch {
        /// Its size.
        kilobytes: u64,
    },
    /// It is no file at all, such as a folder or a pipe.
    #[error("is no file")]
    NoFile,
    /// It is called as no trigger can be.
    #[error(
        "is called as no trigger: [{}] {}", Rule::KEY_PATTERN.id, Rule::KEY_PATTERN.words
    )]
    Name,
    /// It is no text.
    #[error(transparent)]
    NotUtf8(#[from] NotUtf8),
    /// It is no trigger, or another version of these tools wrote it.
    #[error("cannot be compared with: {source}{}", cause(.source))]
    Snapshot {
        /// Why.
        #[from]
        source: SnapshotError,
    },
    /// It is the record of another trigger, which has this key.
    #[error("is the record of `{0}`")]
    Key(String),
}

impl Fault {
    /// What there is to do about it, wherever the file came from.
    fn mend(&self) -> Option<&'static str> {
        match self {
            Self::TooMuch { .. } => Some("name the right folder"),
            Self::NoFile => Some("name the file with the schema"),
            Self::NotUtf8(_) => Some("save it as UTF-8"),
            Self::Snapshot { source: SnapshotError::Newer { .. } } => Some("use that one"),
            _ => None,
        }
    }
}

/// What the reader of JSON says, before the mend.
fn cause(error: &SnapshotError) -> String {
    std::error::Error::source(error).map(|cause| format!(": {cause}")).unwrap_or_default()
}

/// What fetches a branch of the origin. A clone of one branch is told to fetch no other, so that
/// neither `--unshallow` nor a plain fetch does.
fn fetch(revision: &str) -> Option<String> {
    let branch = revision.strip_prefix("origin/")?;
    let is_plain = |letter: char| letter.is_alphanumeric() || "/._-".contains(letter);
    let is_branch = !branch.is_empty() && branch.chars().all(is_plain);
    is_branch.then(|| format!("git fetch origin {branch}:refs/remotes/origin/{branch}"))
}

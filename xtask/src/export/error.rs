use std::io;

use trigger_core::registry::RegistryError;

use super::manifest::ManifestError;
use crate::check::BaselineError;
use crate::selection::UnknownKey;
use crate::workspace::RootError;

/// Why the schemas could not be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The program's triggers are of no use as they are.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// A key that was asked for is no trigger's.
    #[error(transparent)]
    UnknownKey(#[from] UnknownKey),
    /// The workspace was not found.
    #[error("name a folder with `--out`, since the workspace's own is not known: {0}")]
    Root(#[from] RootError),
    /// `_triggers.json` cannot be trusted.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// A record of what is published is no file that can be replaced.
    #[error(transparent)]
    Record(#[from] BaselineError),
    /// Files stand in the way that the last export did not write.
    #[error(
        "{} would be overwritten, and `_triggers.json` does not name {}, so nothing was \
         written\nMove {} away, or choose another folder with `--out`.",
        .files.join(", "), pronoun(.files), pronoun(.files)
    )]
    Foreign {
        /// The files, with the folder.
        files: Vec<String>,
    },
    /// A file could not be read.
    #[error("could not read {file}")]
    Read {
        /// The file, with the folder.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// A file could not be written or removed.
    #[error("could not write {file}")]
    Write {
        /// The file, with the folder.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// The standard output or the standard error could not be written to.
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

fn pronoun(files: &[String]) -> &'static str {
    if files.len() == 1 { "it" } else { "them" }
}

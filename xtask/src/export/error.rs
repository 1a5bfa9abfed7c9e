use std::io;

use trigger_core::registry::RegistryError;

use super::manifest::ManifestError;
use crate::workspace::RootError;

/// Why the schemas could not be exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The program's triggers are of no use as they are.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// `--only` names no trigger.
    #[error("no trigger has the key `{key}`; {hint}")]
    UnknownKey {
        /// What was asked for.
        key: String,
        /// The nearest key, or all of them.
        hint: String,
    },
    /// The workspace was not found.
    #[error(transparent)]
    Root(#[from] RootError),
    /// `_triggers.json` cannot be trusted.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
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

use std::io;

use trigger_core::registry::RegistryError;

use super::{BaselineError, SettingsError};
use crate::change::SnapshotError;
use crate::selection::UnknownKey;
use crate::workspace::RootError;

/// Why the triggers could not be checked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CheckError {
    /// The program's triggers are of no use as they are.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// No trigger has the key.
    #[error(transparent)]
    UnknownKey(#[from] UnknownKey),
    /// The workspace was not found.
    #[error(transparent)]
    Root(#[from] RootError),
    /// What to compare with cannot be read.
    #[error(transparent)]
    Baseline(#[from] BaselineError),
    /// The settings in the workspace's `Cargo.toml` cannot be followed.
    #[error(transparent)]
    Settings(#[from] SettingsError),
    /// The schema of a linked trigger is none.
    #[error("the schema of {key} is no schema, as `cargo xtask export-schemas` says")]
    Linked {
        /// The key of the trigger.
        key: &'static str,
        /// Why.
        source: SnapshotError,
    },
    /// The standard output or the standard error could not be written to.
    #[error("could not write the output")]
    Output(#[source] io::Error),
}

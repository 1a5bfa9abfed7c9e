//! `emulator`: the emulator as a server, of the triggers that are linked into this program or of a
//! folder.

use trigger_core::registry::{self, RegistryError};
use trigger_emulator::cli::{Serve, ServeError};
use trigger_emulator::{DefinitionError, TriggerDefinition};

use crate::exit::Outcome;

/// Why the emulator did not serve.
#[derive(Debug, thiserror::Error)]
pub(crate) enum EmulateError {
    #[error(transparent)]
    Registry(#[from] RegistryError),
    #[error(transparent)]
    Definition(#[from] DefinitionError),
    #[error(transparent)]
    Serve(#[from] ServeError),
}

/// Serves until the process ends.
pub(crate) fn run(serve: &Serve) -> Result<Outcome, EmulateError> {
    let triggers = if serve.schemas().is_some() { None } else { Some(linked()?) };
    serve.run(triggers)?;
    Ok(Outcome::Success)
}

fn linked() -> Result<Vec<TriggerDefinition>, EmulateError> {
    let triggers = registry::distinct(None)?.into_iter();
    Ok(triggers.map(TriggerDefinition::of).collect::<Result<_, _>>()?)
}

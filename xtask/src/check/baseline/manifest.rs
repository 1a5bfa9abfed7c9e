//! What an export's schemas do not say themselves.

use serde::Deserialize;

use super::BaselineError;
use crate::change::{Snapshot, Texts};

pub(super) const FILE: &str = "_triggers.json";

/// The part of `_triggers.json` that is compared.
#[derive(Default, Deserialize)]
pub(super) struct Manifest {
    triggers: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    key: String,
    name: String,
    description: Option<String>,
    package: String,
}

impl Manifest {
    pub(super) fn parse(text: &str, name: &str) -> Result<Self, BaselineError> {
        serde_json::from_str(text)
            .map_err(|source| BaselineError::Manifest { file: name.to_owned(), source })
    }

    /// Adds what a bare schema does not say.
    pub(super) fn tell(&self, snapshot: &mut Snapshot) {
        let entry = self.triggers.iter().find(|entry| entry.key == snapshot.key);
        let Some(entry) = entry.filter(|_| snapshot.texts.is_none()) else { return };
        let (name, description) = (entry.name.clone(), entry.description.clone());
        snapshot.texts = Some(Texts { name, description });
        snapshot.package = Some(entry.package.clone());
    }
}

//! A folder of `mark-published`, or of `export-schemas`.

use std::fs;
use std::io;
use std::path::Path;

use serde::Deserialize;

use super::read::{self, MAX_MANIFEST_KILOBYTES, file_up_to, key_of, record};
use super::{Baseline, BaselineError};
use crate::change::{Snapshot, Texts};

/// What an export's schemas do not say themselves.
const MANIFEST: &str = "_triggers.json";

pub(super) fn read(folder: &Path, name: &str) -> Result<Baseline, BaselineError> {
    let names = file_names(folder)
        .map_err(|source| BaselineError::Read { file: name.to_owned(), source })?;
    let manifest = manifest(folder, name)?;
    let mut baseline = Baseline::new(name.to_owned());
    for file in names {
        let Some(key) = key_of(&file) else { continue };
        let shown = Path::new(name).join(&file).display().to_string();
        let mut snapshot = record(&read::file(&folder.join(&file), &shown)?, &shown, key)?;
        manifest.tell(&mut snapshot);
        baseline.push(shown, snapshot);
    }
    if baseline.snapshots.is_empty() {
        return Err(BaselineError::Empty { folder: name.to_owned() });
    }
    Ok(baseline)
}

fn file_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}

/// The part of `_triggers.json` that is compared.
#[derive(Default, Deserialize)]
struct Manifest {
    triggers: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    key: String,
    name: String,
    description: Option<String>,
    package: String,
}

fn manifest(folder: &Path, name: &str) -> Result<Manifest, BaselineError> {
    let path = folder.join(MANIFEST);
    if !path.exists() {
        return Ok(Manifest::default());
    }
    let shown = Path::new(name).join(MANIFEST).display().to_string();
    let text = file_up_to(&path, &shown, MAX_MANIFEST_KILOBYTES)?;
    serde_json::from_str(&text)
        .map_err(|error| BaselineError::Read { file: shown, source: error.into() })
}

impl Manifest {
    /// Adds what a bare schema does not say.
    fn tell(&self, snapshot: &mut Snapshot) {
        let entry = self.triggers.iter().find(|entry| entry.key == snapshot.key);
        let Some(entry) = entry.filter(|_| snapshot.texts.is_none()) else { return };
        let (name, description) = (entry.name.clone(), entry.description.clone());
        snapshot.texts = Some(Texts { name, description });
        snapshot.package = Some(entry.package.clone());
    }
}

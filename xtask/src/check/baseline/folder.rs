//! A folder of `mark-published`, or of `export-schemas`.

use std::fs;
use std::io;
use std::path::Path;

use super::manifest::{self, Manifest};
use super::read::{Limit, check_size, file_up_to, key_of, record_of};
use super::{Baseline, BaselineError, Origin};
use crate::change::Snapshot;

pub(super) fn read(folder: &Path, name: &str) -> Result<Baseline, BaselineError> {
    let names = file_names(folder).map_err(|source| not_read(folder, name, source))?;
    let shown = |file: &str| Path::new(name).join(file).display().to_string();
    let failed = |file: &str, fault| BaselineError::of_record(&shown(file), fault);
    let mut files = Vec::new();
    for file in &names {
        let key = key_of(file).map_err(|fault| failed(file, fault))?;
        files.extend(key.map(|key| (file, key)));
    }
    let mut total = 0;
    for (file, _) in &files {
        let bytes = bytes(&folder.join(file));
        check_size(bytes, Limit::File).map_err(|fault| failed(file, fault))?;
        total += bytes;
    }
    check_size(total, Limit::Folder).map_err(|fault| BaselineError::of_record(name, fault))?;
    let manifest = manifest(folder, name)?;
    let mut baseline = Baseline::new(name.to_owned());
    for (file, key) in files {
        let path = folder.join(file);
        let (text, mut snapshot) = record_of(&path, key).map_err(|fault| failed(file, fault))?;
        manifest.tell(&mut snapshot);
        baseline.push(Origin::new(&shown(file), &path, &text), snapshot);
    }
    Ok(baseline)
}

/// The records of a folder whose keys are asked for, as far as they can be read; of the others
/// `check` tells.
pub(crate) fn published(folder: &Path, is_asked: impl Fn(&str) -> bool) -> Vec<Snapshot> {
    // Without a folder nothing is published.
    let names = file_names(folder).unwrap_or_default();
    let keys = names.iter().filter_map(|name| Some((name, key_of(name).ok()??)));
    let asked = keys.filter(|(_, key)| is_asked(key));
    asked.filter_map(|(name, key)| Some(record_of(&folder.join(name), key).ok()?.1)).collect()
}

fn not_read(folder: &Path, name: &str, source: io::Error) -> BaselineError {
    let file = name.to_owned();
    if folder.is_file() {
        BaselineError::NoFolder { file }
    } else {
        BaselineError::Read { file, source }
    }
}

/// The size of a file; what is none is told when it is read.
fn bytes(path: &Path) -> u64 {
    path.metadata().map_or(0, |data| data.len())
}

fn file_names(folder: &Path) -> io::Result<Vec<String>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        names.extend(entry?.file_name().into_string());
    }
    names.sort_unstable();
    Ok(names)
}

fn manifest(folder: &Path, name: &str) -> Result<Manifest, BaselineError> {
    let path = folder.join(manifest::FILE);
    if !path.exists() {
        return Ok(Manifest::default());
    }
    let shown = Path::new(name).join(manifest::FILE).display().to_string();
    let text = file_up_to(&path, Limit::Folder);
    Manifest::parse(&text.map_err(|fault| BaselineError::of_record(&shown, fault))?, &shown)
}

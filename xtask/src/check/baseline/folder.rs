//! A folder of `mark-published`, or of `export-schemas`.

use std::fs;
use std::io;
use std::path::Path;

use super::manifest::{self, Manifest};
use super::read::{self, Limit, check_size, file_up_to, key_of, record};
use super::{Baseline, BaselineError, Origin};

pub(super) fn read(folder: &Path, name: &str) -> Result<Baseline, BaselineError> {
    let names = file_names(folder)
        .map_err(|source| BaselineError::Read { file: name.to_owned(), source })?;
    let files: Vec<_> = names.iter().filter_map(|file| Some((file, key_of(file)?))).collect();
    let shown = |file: &str| Path::new(name).join(file).display().to_string();
    let mut total = 0;
    for (file, _) in &files {
        let bytes = bytes(&folder.join(file));
        check_size(bytes, &shown(file), Limit::File)?;
        total += bytes;
    }
    check_size(total, name, Limit::Folder)?;
    let manifest = manifest(folder, name)?;
    let mut baseline = Baseline::new(name.to_owned());
    for (file, key) in files {
        let shown = shown(file);
        let text = read::file(&folder.join(file), &shown)?;
        let mut snapshot = record(&text, &shown, key)?;
        manifest.tell(&mut snapshot);
        baseline.push(Origin::new(&shown, &text), snapshot);
    }
    Ok(baseline)
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
    Manifest::parse(&file_up_to(&path, &shown, Limit::Folder)?, &shown)
}

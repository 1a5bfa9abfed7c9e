//! The folder of an export.

use std::env;
use std::fmt;
use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::ExportError;
use super::plan::Change;

/// The folder of an export. Its files are written whole or not at all.
pub(crate) struct Folder {
    path: PathBuf,
    /// The path as messages show it.
    shown: PathBuf,
}

impl fmt::Display for Folder {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown.display().fmt(formatter)
    }
}

impl Folder {
    pub(crate) fn new(path: PathBuf) -> Self {
        let below = env::current_dir().ok().and_then(|current| {
            let below = path.strip_prefix(current).ok()?;
            Some(if below.as_os_str().is_empty() { Path::new(".") } else { below }.to_owned())
        });
        Self { shown: below.unwrap_or_else(|| path.clone()), path }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// A file of the folder as messages show it.
    pub(crate) fn shown(&self, name: &str) -> String {
        self.shown.join(name).display().to_string()
    }

    /// What stands in a file; `None` if there is none.
    pub(crate) fn read(&self, name: &str) -> Result<Option<Vec<u8>>, ExportError> {
        match fs::read(self.path.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(ExportError::Read { file: self.shown(name), source }),
        }
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.path.join(name).symlink_metadata().is_ok()
    }

    /// Carries out the changes of a plan.
    ///
    /// All new contents stand on the disk before the first file changes. The manifest comes
    /// before the files that it is to name: if the export is interrupted between two files, the
    /// next one still knows which are its own.
    pub(crate) fn apply(&self, changes: &[Change]) -> Result<(), ExportError> {
        if changes.is_empty() {
            return Ok(());
        }
        fs::create_dir_all(&self.path)
            .map_err(|source| ExportError::Write { file: self.to_string(), source })?;
        let mut staged = Vec::new();
        for change in changes.iter().rev() {
            staged.push(self.staged(change)?);
        }
        for (name, content) in staged {
            self.replace(&name, content)
                .map_err(|source| ExportError::Write { file: self.shown(&name), source })?;
        }
        Ok(())
    }

    /// The change's file name, and its new content in a temporary file beside it.
    fn staged(&self, change: &Change) -> Result<(String, Option<NamedTempFile>), ExportError> {
        let name = change.name.clone();
        let Some(text) = &change.after else {
            return Ok((name, None));
        };
        match self.temporary(text) {
            Ok(file) => Ok((name, Some(file))),
            Err(source) => Err(ExportError::Write { file: self.shown(&name), source }),
        }
    }

    fn temporary(&self, text: &str) -> io::Result<NamedTempFile> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(".export-schemas-");
        // Temporary files are for their owner alone; these are for everybody, as the umask says.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(&self.path)?;
        file.write_all(text.as_bytes())?;
        Ok(file)
    }

    fn replace(&self, name: &str, content: Option<NamedTempFile>) -> io::Result<()> {
        let path = self.path.join(name);
        match content {
            Some(content) => content.persist(path).map(drop).map_err(io::Error::from),
            None => fs::remove_file(path),
        }
    }
}

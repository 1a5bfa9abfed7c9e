//! Paths as GitHub knows them.

use std::path::{self, Path, PathBuf};

/// The repository that a workspace is in, if it is in one.
pub(super) struct Repository {
    root: Option<PathBuf>,
}

impl Repository {
    /// The one around a folder. Git need not be there to find it.
    pub(super) fn around(folder: &Path) -> Self {
        let folder = real(folder);
        let root = folder.ancestors().find(|above| above.join(".git").exists());
        Self { root: root.map(Path::to_owned) }
    }

    /// A file's path from the root of the repository; `None` if it is in another one, or in none.
    pub(super) fn path(&self, file: &Path) -> Option<String> {
        let file = real(file);
        let below = file.strip_prefix(self.root.as_ref()?).ok()?;
        let names = below.components().map(|name| name.as_os_str().to_string_lossy());
        Some(names.collect::<Vec<_>>().join("/"))
    }
}

/// A path without links and dots, although its end may be in a revision only.
fn real(file: &Path) -> PathBuf {
    let file = path::absolute(file).unwrap_or_else(|_| file.to_owned());
    let found = file.ancestors().find_map(|above| {
        let above_it = above.canonicalize().ok()?;
        Some(above_it.join(file.strip_prefix(above).ok()?))
    });
    found.unwrap_or(file)
}

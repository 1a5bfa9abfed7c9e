//! The lines that structs stand on.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The sources of the workspace, each read once.
pub(super) struct Sources<'a> {
    root: &'a Path,
    files: BTreeMap<&'static str, Option<String>>,
}

impl<'a> Sources<'a> {
    pub(super) fn new(root: &'a Path) -> Self {
        Self { root, files: BTreeMap::new() }
    }

    /// A line of a file, from 1; `None` if there is none, as where the program runs elsewhere than
    /// it was compiled.
    pub(super) fn line(&mut self, file: &'static str, line: u32) -> Option<String> {
        let read = || fs::read_to_string(self.root.join(file)).ok();
        let text = self.files.entry(file).or_insert_with(read).as_ref()?;
        let at = usize::try_from(line).ok()?.checked_sub(1)?;
        text.lines().nth(at).map(|line| line.trim_end().to_owned())
    }
}

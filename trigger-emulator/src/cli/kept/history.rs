//! A file of what was done, which may have been written to when its program was ended.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::Path;

use super::{KeptError, MAX_BYTES, options};
use crate::{file, journal};

/// The lines of a history that were written to their ends.
#[derive(Default)]
pub(super) struct History {
    text: String,
    /// What stands behind them is no whole line: nobody was answered for it.
    is_torn: bool,
}

impl History {
    pub(super) fn read(path: &Path) -> Result<Self, KeptError> {
        let read = file::bytes_at_most(MAX_BYTES, path);
        let mut bytes = read.map_err(KeptError::file("read", path))?;
        let is_torn = is_torn(&bytes).map_err(KeptError::content(path))?;
        if is_torn {
            bytes.truncate(end_of_lines(&bytes));
        }
        let text = file::text(bytes).map_err(KeptError::file("read", path))?;
        Ok(Self { text, is_torn })
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Opens the file to go on behind the last whole line.
    pub(super) fn go_on(&self, path: &Path) -> io::Result<File> {
        let mut file = options().append(true).open(path)?;
        if self.is_torn {
            file.set_len(self.text.len() as u64)?;
        }
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            file.write_all(b"\n")?;
        }
        Ok(file)
    }

    /// What to tell of it.
    pub(super) fn words(&self, path: &Path) -> Option<String> {
        let words = || {
            format!("{}: its last line was not written to its end, and is left out", path.display())
        };
        self.is_torn.then(words)
    }
}

/// Whether the last line is no whole one. The first is looked at as well: what is none of an
/// emulator's is not to be written to.
fn is_torn(bytes: &[u8]) -> Result<bool, crate::StateError> {
    let end = end_of_lines(bytes);
    let (lines, rest) = bytes.split_at(end);
    if let Some(first) = lines.split(|byte| *byte == b'\n').next().filter(|it| !it.is_empty()) {
        journal::is_torn(first, 0)?;
    }
    if rest.is_empty() {
        return Ok(false);
    }
    journal::is_torn(rest, lines.split(|byte| *byte == b'\n').count() - 1)
}

/// Where the last whole line ends.
fn end_of_lines(bytes: &[u8]) -> usize {
    bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1)
}

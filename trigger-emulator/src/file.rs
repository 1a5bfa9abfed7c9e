//! Text from files that people write.

use std::fs::File;
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// The most that one file may have, in bytes.
pub(crate) const MAX_BYTES: u64 = 1_000_000;

/// The whole text of a file of at most 1 MB.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    let file = File::open(path)?;
    // A pipe would be waited for.
    if !file.metadata()?.is_file() {
        return Err(io::Error::new(ErrorKind::InvalidInput, "it is no file"));
    }
    let mut text = String::new();
    file.take(MAX_BYTES + 1).read_to_string(&mut text)?;
    if text.len() as u64 > MAX_BYTES {
        return Err(io::Error::new(ErrorKind::FileTooLarge, "it has more than 1 MB"));
    }
    Ok(text)
}

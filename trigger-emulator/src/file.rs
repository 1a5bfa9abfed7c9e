//! Text from files that people write, or that an emulator wrote.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::Path;

/// The most that a file has which people write, in bytes.
pub(crate) const MAX_BYTES: u64 = 1_000_000;

/// The whole text of a file of at most 1 MB.
pub(crate) fn read(path: &Path) -> io::Result<String> {
    read_at_most(MAX_BYTES, path)
}

/// The whole text of a file of at most so many bytes.
pub(crate) fn read_at_most(limit: u64, path: &Path) -> io::Result<String> {
    text(bytes_at_most(limit, path)?)
}

/// All of a file of at most so many bytes.
pub(crate) fn bytes_at_most(limit: u64, path: &Path) -> io::Result<Vec<u8>> {
    check(path)?;
    let mut bytes = Vec::new();
    File::open(path)?.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        let words = format!("it has more than {} MB", limit / 1_000_000);
        return Err(io::Error::new(ErrorKind::FileTooLarge, words));
    }
    Ok(bytes)
}

pub(crate) fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|_| io::Error::new(ErrorKind::InvalidData, "it is no text"))
}

/// Refuses what is there and is no file: to open a pipe is to wait for whoever writes to it.
pub(crate) fn check(path: &Path) -> io::Result<()> {
    if fs::metadata(path)?.is_file() {
        return Ok(());
    }
    Err(io::Error::new(ErrorKind::InvalidInput, "it is no file"))
}

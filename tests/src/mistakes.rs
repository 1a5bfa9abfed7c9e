//! The files of `ui/fail`: mistakes, each beside what the compiler prints of it.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Where the files are.
pub const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/ui/fail");

/// What an example of the table of rules leaves out.
pub const FIRST_LINES: &str = "\
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

";

/// All files with this ending, in order.
///
/// # Errors
///
/// If the folder cannot be read.
pub fn files(ending: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for theme in fs::read_dir(Path::new(FOLDER))? {
        for file in fs::read_dir(theme?.path())? {
            let file = file?.path();
            if file.extension().is_some_and(|it| it == ending) {
                files.push(file);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// The text of the file that holds an example of the table of rules and nothing else.
#[must_use]
pub fn of_example(example: &str) -> String {
    format!("#![allow(unused_imports)]\n{FIRST_LINES}{example}\n\nfn main() {{}}\n")
}

/// A source, or what the compiler shows of it, as it would be without the comments that mark where
/// errors are to stand.
#[must_use]
pub fn without_marks(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//~v"));
    lines.flat_map(|line| [line.split(" //~").next().unwrap_or_default(), "\n"]).collect()
}

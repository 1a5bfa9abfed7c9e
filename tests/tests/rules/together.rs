//! The table, the tests and the texts know the same rules.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use trigger_dialect::{RULES, Rule};

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// An id that no rule has, for tests of just that.
const NO_RULE: &str = "T999";

/// A `Rule::NAME` that is not in the table does not compile; an id in a text does.
#[test]
fn every_id_in_a_text_is_in_the_table() {
    for file in texts() {
        for id in ids(&read(&file)) {
            let is_known = id == NO_RULE || Rule::find(&id).is_some();
            assert!(is_known, "{} names {id}, which is not in the table", file.display());
        }
    }
}

#[test]
fn every_rule_is_named_by_a_test() {
    let tested: BTreeSet<String> =
        texts().iter().flat_map(|file| ids(test_part(file, &read(file)))).collect();
    for rule in RULES {
        assert!(tested.contains(rule.id), "no test names {}: {}", rule.id, rule.words);
    }
}

/// What of a file is a test; of other files nothing.
fn test_part<'t>(file: &Path, text: &'t str) -> &'t str {
    let is_this = file.ends_with("tests/rules/together.rs");
    let is_test = file.components().any(|part| part.as_os_str() == "tests")
        || file.file_name().is_some_and(|name| name == "tests.rs");
    let start = match file.extension().and_then(|extension| extension.to_str()) {
        _ if is_this => text.len(),
        Some("rs" | "snap" | "stderr") if is_test => 0,
        Some("rs") => text.find("#[cfg(test)]").unwrap_or(text.len()),
        _ => text.len(),
    };
    &text[start..]
}

/// The files of the workspace that may name a rule, with paths from its folder.
fn texts() -> Vec<PathBuf> {
    let mut files = Vec::new();
    collect(Path::new(""), &mut files);
    assert!(files.len() > 100, "the workspace was not read: {files:?}");
    files
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) {
    let entries = fs::read_dir(Path::new(WORKSPACE).join(folder)).expect("a folder");
    for entry in entries {
        let entry = entry.expect("an entry");
        let name = entry.file_name();
        let path = folder.join(&name);
        if name == "target" || name.to_string_lossy().starts_with('.') {
            continue;
        }
        if entry.file_type().expect("a type").is_dir() {
            collect(&path, files);
        } else if may_name_a_rule(&path) {
            files.push(path);
        }
    }
}

fn may_name_a_rule(file: &Path) -> bool {
    let extension = file.extension().and_then(|extension| extension.to_str());
    matches!(extension, Some("rs" | "md" | "snap" | "stderr"))
}

fn read(file: &Path) -> String {
    fs::read_to_string(Path::new(WORKSPACE).join(file)).expect("a text")
}

/// All words of a text that are `T` and three digits.
fn ids(text: &str) -> BTreeSet<String> {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric() && letter != '_');
    let is_id = |word: &&str| {
        let digits = word.strip_prefix('T').unwrap_or_default();
        digits.len() == 3 && digits.bytes().all(|digit| digit.is_ascii_digit())
    };
    words.filter(is_id).map(str::to_owned).collect()
}

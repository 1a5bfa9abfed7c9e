//! Triggers from a folder of payload schemas, whoever wrote them.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::{DefinitionError, TriggerDefinition, dialect};
use crate::file;

/// What the export tells of all triggers.
const EXPORT: &str = "_triggers.json";

/// The most files of schemas in a folder.
const MAX_FILES: usize = 1_000;

/// Why a folder defines no triggers.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FolderError {
    /// The folder, or a file in it, cannot be read.
    #[error("cannot read {}: {source}", path.display())]
    Read {
        /// The folder or file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file defines no trigger.
    #[error("{}: {source}", path.display())]
    Definition {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        source: DefinitionError,
    },
    /// A file is not named as a trigger could be.
    #[error(
        "{}: a payload schema is named as its trigger's key, in a-z, 0-9, `_` and `-`, such as \
         `invoice_due.json`; rename the file, or move it elsewhere",
        path.display()
    )]
    Key {
        /// The file.
        path: PathBuf,
    },
    /// There are more files than any app has triggers.
    #[error("{}: more than {MAX_FILES} schemas are no triggers of one site", path.display())]
    TooMany {
        /// The folder.
        path: PathBuf,
    },
    /// There are no triggers.
    #[error(
        "{}: there are no triggers; put a payload schema there, such as `invoice_due.json`",
        path.display()
    )]
    Empty {
        /// The folder.
        path: PathBuf,
    },
}

/// The files of a folder that triggers may be read from, or one `_triggers.json`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SchemaFiles {
    path: PathBuf,
    export: Option<(PathBuf, String)>,
    /// In the order of their names.
    schemas: Vec<(PathBuf, String)>,
}

impl TriggerDefinition {
    /// The triggers of a folder: those of its `_triggers.json`, as `cargo xtask export-schemas`
    /// writes it, if there is one, and one for each other `KEY.json`, a payload schema whose title
    /// is the trigger's display name. A path of a file is read as a `_triggers.json`.
    ///
    /// # Errors
    ///
    /// [`FolderError`] if something cannot be read, is no payload schema that Wix would take, or if
    /// there are no triggers. What is not written yet, such as a title, is no mistake here.
    ///
    /// ```
    /// use trigger_emulator::TriggerDefinition;
    ///
    /// # let folder = tempfile::tempdir()?;
    /// # let folder = folder.path();
    /// std::fs::write(folder.join("class_full.json"), r#"{ "type": "object" }"#)?;
    /// let triggers = TriggerDefinition::of_folder(folder)?;
    /// assert_eq!((triggers[0].key(), triggers[0].name()), ("class_full", "Class full"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn of_folder(path: impl AsRef<Path>) -> Result<Vec<Self>, FolderError> {
        SchemaFiles::read(path.as_ref())?.triggers()
    }
}

impl SchemaFiles {
    pub(crate) fn read(path: &Path) -> Result<Self, FolderError> {
        let about = fs::metadata(path).map_err(|source| unread(path, source))?;
        let mut files = Self { path: path.to_owned(), export: None, schemas: Vec::new() };
        if !about.is_dir() {
            files.export = Some((path.to_owned(), read(path)?));
            return Ok(files);
        }
        for entry in fs::read_dir(path).map_err(|source| unread(path, source))? {
            let file = entry.map_err(|source| unread(path, source))?.path();
            if !is_json(&file) {
                continue;
            }
            let text = read(&file)?;
            if file.file_name().is_some_and(|name| name == EXPORT) {
                files.export = Some((file, text));
            } else if files.schemas.len() < MAX_FILES {
                files.schemas.push((file, text));
            } else {
                return Err(FolderError::TooMany { path: path.to_owned() });
            }
        }
        files.schemas.sort_unstable();
        Ok(files)
    }

    pub(crate) fn triggers(&self) -> Result<Vec<TriggerDefinition>, FolderError> {
        let (mut triggers, mut told) = (Vec::new(), HashSet::new());
        if let Some((path, text)) = &self.export {
            triggers = TriggerDefinition::of_export(text).map_err(|source| broken(path, source))?;
            told.extend(triggers.iter().map(|trigger| format!("{}.json", trigger.key())));
            told.extend(told_files(text));
        }
        for (path, text) in &self.schemas {
            let is_told = path
                .file_name()
                .is_some_and(|name| name.to_str().is_some_and(|name| told.contains(name)));
            if !is_told {
                triggers.push(trigger(path, text)?);
            }
        }
        if triggers.is_empty() {
            return Err(FolderError::Empty { path: self.path.clone() });
        }
        Ok(triggers)
    }
}

fn unread(path: &Path, source: io::Error) -> FolderError {
    FolderError::Read { path: path.to_owned(), source }
}

fn broken(path: &Path, source: DefinitionError) -> FolderError {
    FolderError::Definition { path: path.to_owned(), source }
}

fn read(path: &Path) -> Result<String, FolderError> {
    file::read(path).map_err(|source| unread(path, source))
}

/// What an editor hides beside a file is none of the schemas.
fn is_json(path: &Path) -> bool {
    let is_hidden = path.file_name().is_none_or(|name| name.as_encoded_bytes().starts_with(b"."));
    !is_hidden && path.extension().is_some_and(|it| it == "json") && !path.is_dir()
}

/// The files that belong to an export, those of triggers that are gone included.
fn told_files(export: &str) -> Vec<String> {
    let export: Value = serde_json::from_str(export).unwrap_or_default();
    let files = export["files"].as_array().into_iter().flatten();
    let schemas = export["triggers"].as_array().into_iter().flatten();
    let schemas = schemas.map(|trigger| &trigger["schemaFile"]);
    files.chain(schemas).filter_map(|name| name.as_str().map(str::to_owned)).collect()
}

/// The trigger of a payload schema that stands alone.
fn trigger(path: &Path, text: &str) -> Result<TriggerDefinition, FolderError> {
    let key = path.file_stem().and_then(|stem| stem.to_str());
    let key = key.filter(|key| trigger_dialect::is_trigger_key(key));
    let key = key.ok_or_else(|| FolderError::Key { path: path.to_owned() })?;
    let wrong = |words| broken(path, DefinitionError { key: key.to_owned(), words });
    let schema: Value = serde_json::from_str(text).map_err(|error| wrong(error.to_string()))?;
    if !schema.is_object() {
        return Err(wrong("a payload schema is a JSON object".to_owned()));
    }
    dialect::judge(&schema).map_err(wrong)?;
    let title = schema["title"].as_str().filter(|title| !title.trim().is_empty());
    let name = title.map_or_else(|| trigger_dialect::sentence_case(key), str::to_owned);
    let trigger = TriggerDefinition::new(key, name, &schema);
    trigger.map(|it| it.written_as(text)).map_err(|source| broken(path, source))
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tempfile::TempDir;

    use super::*;

    fn folder(files: &[(&str, &str)]) -> TempDir {
        let folder = tempfile::tempdir().expect("a folder");
        for (name, text) in files {
            fs::write(folder.path().join(name), text).expect("a file");
        }
        folder
    }

    fn names(path: &Path) -> Vec<(String, String)> {
        let triggers = TriggerDefinition::of_folder(path).expect("triggers");
        triggers.iter().map(|it| (it.key().to_owned(), it.name().to_owned())).collect()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|(key, name)| ((*key).to_owned(), (*name).to_owned())).collect()
    }

    #[test]
    fn each_schema_that_the_export_does_not_tell_is_a_trigger() {
        let export = json!({
            "triggers": [{ "key": "paid", "name": "Bill paid", "schema": {}, "schemaFile": "of_paid.json" }],
            "files": ["gone.json"],
        });
        let folder = folder(&[
            ("_triggers.json", &export.to_string()),
            ("paid.json", "{}"),
            ("of_paid.json", "{}"),
            ("gone.json", "{}"),
            ("class_full.json", "{}"),
            ("due.json", r#"{ "title": "Bill due" }"#),
            ("README.md", "no schema"),
            (".due.json", "what an editor keeps"),
        ]);
        let expected = [("paid", "Bill paid"), ("class_full", "Class full"), ("due", "Bill due")];
        assert_eq!(names(folder.path()), pairs(&expected));
        assert_eq!(names(&folder.path().join("_triggers.json")), pairs(&expected[..1]));
    }

    #[test]
    fn what_defines_no_trigger_is_named() {
        let large = " ".repeat(1_000_001);
        for (name, text, words) in [
            ("Paid.json", "{}", "Paid.json: a payload schema is named as its trigger's key"),
            ("paid.json", "{", "paid.json: `paid`: EOF while parsing"),
            ("paid.json", "[]", "paid.json: `paid`: a payload schema is a JSON object"),
            (
                "paid.json",
                r#"{ "properties": { "a": { "type": 7 } } }"#,
                "paid.json: `paid`: /properties/a/type: 7 will not do, for a property is a string",
            ),
            ("paid.json", &large, "paid.json: it has more than 1 MB"),
            ("_triggers.json", "{}", "_triggers.json: `_triggers.json`: missing field"),
            ("README.md", "", "there are no triggers"),
        ] {
            let folder = folder(&[(name, text)]);
            let error = TriggerDefinition::of_folder(folder.path()).expect_err(words).to_string();
            assert!(error.contains(words), "{error}");
        }
        let nowhere = folder(&[]).path().join("none");
        let error = TriggerDefinition::of_folder(nowhere).expect_err("no folder").to_string();
        assert!(error.starts_with("cannot read ") && error.contains("none: "), "{error}");
    }
}

//! The files that an emulator is set up with.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use crate::config::{Config, ConfigError, Mistake};
use crate::file;
use crate::trigger::{FolderError, SchemaFiles, TriggerDefinition};

/// Why a file that the emulator is set up with cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SourceError {
    /// It cannot be read.
    #[error("cannot read {}: {words}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system says.
        words: String,
    },
    /// The payload schemas define no triggers.
    #[error(transparent)]
    Schemas(#[from] FolderError),
    /// The configuration has mistakes.
    #[error("this configuration cannot be used{}", places(path, mistakes))]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong in it.
        mistakes: ConfigError,
    },
}

/// Each mistake on a line of its own, as editors find places.
fn places(path: &Path, error: &ConfigError) -> String {
    let path = path.display();
    error.mistakes().iter().fold(String::new(), |text, Mistake { line, column, words }| {
        format!("{text}\n  {path}:{line}:{column}: {words}")
    })
}

/// Where triggers and configuration come from.
pub(super) struct Sources {
    pub(super) config: Option<PathBuf>,
    triggers: Triggers,
}

enum Triggers {
    Linked(Vec<TriggerDefinition>),
    Schemas(PathBuf),
}

/// What the files have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Contents {
    pub(super) config: Option<Content<String>>,
    pub(super) schemas: Option<Content<SchemaFiles>>,
}

/// What a file has, or a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Content<T> {
    Is(T),
    Gone,
    /// It is there and cannot be read, as these words say.
    Unread(String),
}

/// What the emulator is set up with.
pub(super) struct Judged {
    pub(super) triggers: Vec<TriggerDefinition>,
    pub(super) config: Option<Config>,
}

impl<T> Content<T> {
    fn of(read: io::Result<T>) -> Self {
        match read {
            Ok(content) => Self::Is(content),
            Err(error) if error.kind() == ErrorKind::NotFound => Self::Gone,
            Err(error) => Self::Unread(error.to_string()),
        }
    }

    fn get(&self, path: &Path) -> Result<&T, SourceError> {
        let unread =
            |words: &str| Err(SourceError::Read { path: path.to_owned(), words: words.to_owned() });
        match self {
            Self::Is(content) => Ok(content),
            Self::Gone => unread("nothing is there"),
            Self::Unread(words) => unread(words),
        }
    }
}

impl Sources {
    pub(super) fn linked(config: Option<PathBuf>, triggers: Vec<TriggerDefinition>) -> Self {
        Self { config, triggers: Triggers::Linked(triggers) }
    }

    pub(super) fn files(config: Option<PathBuf>, schemas: PathBuf) -> Self {
        Self { config, triggers: Triggers::Schemas(schemas) }
    }

    /// Whether there is a file at all.
    pub(super) fn can_change(&self) -> bool {
        self.config.is_some() || self.schemas().is_some()
    }

    pub(super) fn schemas(&self) -> Option<&Path> {
        match &self.triggers {
            Triggers::Schemas(path) => Some(path),
            Triggers::Linked(_) => None,
        }
    }

    pub(super) fn read(&self) -> Contents {
        let config = self.config.as_deref().map(|path| Content::of(file::read(path)));
        let schemas = self.schemas().map(|path| match SchemaFiles::read(path) {
            Err(FolderError::Read { path: at, source }) if at == path => Content::of(Err(source)),
            Err(error) => Content::Unread(error.to_string()),
            Ok(files) => Content::Is(files),
        });
        Contents { config, schemas }
    }

    pub(super) fn judge(&self, contents: &Contents) -> Result<Judged, SourceError> {
        let triggers = match (&self.triggers, &contents.schemas) {
            (Triggers::Schemas(path), Some(schemas)) => schemas.get(path)?.triggers()?,
            (Triggers::Linked(triggers), _) => triggers.clone(),
            (Triggers::Schemas(_), None) => Vec::new(),
        };
        let config = match (&self.config, &contents.config) {
            (Some(path), Some(text)) => {
                let config = Config::parse(text.get(path)?, &triggers);
                let wrong = |mistakes| SourceError::Config { path: path.clone(), mistakes };
                Some(config.map_err(wrong)?)
            }
            _ => None,
        };
        Ok(Judged { triggers, config })
    }
}

//! What becomes of an edit.

use serde::Serialize;
use trigger_dialect::{Level, Rule};

/// What becomes of an edit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Verdict {
    /// It is accepted.
    Allow,
    /// It is accepted, with a warning.
    Warn,
    /// It is refused: exit code 100.
    Deny,
}

impl Verdict {
    pub(super) const NAMES: [(&'static str, Self); 3] =
        [("allow", Self::Allow), ("warn", Self::Warn), ("deny", Self::Deny)];

    /// The verdict where the settings have none.
    pub(super) fn of(rule: Rule) -> Self {
        if rule.level == Level::Harmless { Self::Allow } else { Self::Deny }
    }

    /// The word for it that starts a message.
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Allow => "note",
            Self::Warn => "warning",
            Self::Deny => "error",
        }
    }
}

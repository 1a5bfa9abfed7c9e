//! What changed of a trigger since it was published, and which rule each edit falls under.
//!
//! A [`Snapshot`] is a trigger at one time. Comparing two is a pure function, and each difference
//! is one [`Edit`], whatever order the documents have.

mod choice;
mod comparison;
mod rename;
mod schema;
mod snapshot;
mod value;

use std::fmt;

use trigger_dialect::{Change, Rule};

pub use comparison::{compare, compare_all};
pub use snapshot::{FORMAT_VERSION, Snapshot, SnapshotError};

pub(crate) use snapshot::{Record, Texts};

/// One difference between a trigger as it is published and as it is now.
///
/// ```
/// use trigger_xtask::change::{self, Snapshot};
///
/// let schema = |title| format!(
///     r#"{{ "type": "object", "properties": {{ "seats": {{ "type": "integer", "title": "{title}" }} }} }}"#
/// );
/// let [published, current] = ["Seats", "Seats taken"]
///     .map(|title| Snapshot::read(&schema(title), "class_full").expect("a schema"));
///
/// let edits = change::compare(&published, &current);
/// assert_eq!(edits[0].rule.id, "T123");
/// assert_eq!(edits[0].pointer, "/properties/seats/title");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Edit {
    /// The key of the trigger: as it is now, or as it was if there is none any more.
    pub key: String,
    /// The key that it is published by, which is the same unless it changed.
    pub published_key: String,
    /// The rule that the edit falls under.
    pub rule: Rule,
    /// Where it is: a JSON pointer (RFC 6901) into the payload schema, as it is now or, of what is
    /// gone, as it was. Of the trigger's key and texts it is empty.
    pub pointer: String,
    /// What the edit is.
    pub message: String,
}

impl Edit {
    fn place(&self) -> (&str, &str, &str, &str) {
        (&self.key, &self.pointer, self.rule.id, &self.message)
    }
}

impl fmt::Display for Edit {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() { "(root)" } else { &self.pointer };
        write!(formatter, "[{}] {pointer}: {}", self.rule.id, self.message)
    }
}

/// The edits between the two sides of an example of the table of rules.
///
/// # Errors
///
/// If one side is no trigger.
pub fn of_example(change: &Change) -> Result<Vec<Edit>, SnapshotError> {
    let read = |text: &str| match text {
        "null" => Ok(Vec::new()),
        text => Snapshot::read(text, "example").map(|snapshot| vec![snapshot]),
    };
    Ok(compare_all(&read(change.before)?, &read(change.after)?))
}

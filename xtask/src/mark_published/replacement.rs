//! What a new record takes the place of.

use trigger_core::schema::TriggerSpec;
use trigger_dialect::Level;

use crate::change::{Edit, Snapshot, compare};
use crate::check::record;

/// What a new record takes the place of.
pub(super) struct Replacement {
    /// The edits since the old record.
    edits: Vec<Edit>,
    /// Why the old record cannot be compared with.
    unreadable: Option<String>,
}

impl Replacement {
    /// Compares a trigger with the text of its old record, which is called `name` in messages.
    pub(super) fn new(before: &[u8], name: &str, trigger: &'static TriggerSpec) -> Self {
        match edits(before, name, trigger) {
            Ok(edits) => Self { edits, unreadable: None },
            Err(words) => Self { edits: Vec::new(), unreadable: Some(words) },
        }
    }

    /// What speaks against it.
    pub(super) fn obstacles(&self) -> Vec<String> {
        let forbidden = self.edits.iter().filter(|edit| edit.rule.level == Level::Forbidden);
        let forbidden = forbidden.map(|edit| format!("{}: {edit}", edit.key));
        self.unreadable.iter().cloned().chain(forbidden).collect()
    }

    /// What is not in the record any more.
    pub(super) fn losses(&self) -> Vec<String> {
        let edits = self.edits.iter().map(|edit| format!("{}: {edit}", edit.key));
        self.unreadable.iter().cloned().chain(edits).collect()
    }
}

fn edits(before: &[u8], name: &str, trigger: &'static TriggerSpec) -> Result<Vec<Edit>, String> {
    let text = String::from_utf8_lossy(before);
    let before = record(&text, name, trigger.key()).map_err(|error| error.to_string())?;
    let after = Snapshot::of(trigger).map_err(|error| error.to_string())?;
    Ok(compare(&before, &after))
}

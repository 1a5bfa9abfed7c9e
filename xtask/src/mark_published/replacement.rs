//! What a new record takes the place of.

use trigger_core::schema::TriggerSpec;
use trigger_dialect::Level;

use crate::change::{Edit, Snapshot, compare};
use crate::check::Fault;

/// What a new record takes the place of.
#[derive(Default)]
pub(super) struct Replacement {
    /// The edits since the old record.
    edits: Vec<Edit>,
    /// Why the old record cannot be compared with.
    unreadable: Option<String>,
}

impl Replacement {
    /// Of the record of the same key.
    pub(super) fn new(before: &Snapshot, trigger: &'static TriggerSpec) -> Self {
        match Snapshot::of(trigger) {
            Ok(after) => Self::of_edits(compare(before, &after)),
            Err(error) => Self { unreadable: Some(error.to_string()), ..Self::default() },
        }
    }

    pub(super) fn of_edits(edits: Vec<Edit>) -> Self {
        Self { edits, unreadable: None }
    }

    /// Of a record that cannot be compared with. What there is to do about it is what is being
    /// done, and so not told.
    pub(super) fn of_unreadable(name: &str, fault: &Fault) -> Self {
        Self { unreadable: Some(format!("{name} {fault}")), ..Self::default() }
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

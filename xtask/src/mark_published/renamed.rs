//! Triggers that are published by another key.

use std::path::Path;

use crate::change::{self, Edit, Snapshot};
use crate::check::published;
use crate::selection::Triggers;

/// The edits of those linked triggers that have no record of their own in the folder, and are much
/// like one that is recorded there and not linked any more.
pub(super) fn edits(folder: &Path, triggers: Triggers<'_>) -> Vec<Edit> {
    let is_linked = |key: &str| triggers.iter().any(|trigger| trigger.key() == key);
    let gone = published(folder, |key| !is_linked(key));
    if gone.is_empty() {
        return Vec::new();
    }
    let has_record = |key: &str| folder.join(format!("{key}.json")).exists();
    let new = triggers.iter().filter(|trigger| !has_record(trigger.key()));
    let new: Vec<_> = new.filter_map(|trigger| Snapshot::of(trigger).ok()).collect();
    let mut packages: Vec<_> = new.iter().map(|trigger| trigger.package.as_deref()).collect();
    packages.sort_unstable();
    packages.dedup();
    packages.into_iter().flat_map(|package| of_package(package, &gone, &new)).collect()
}

fn of_package(package: Option<&str>, gone: &[Snapshot], new: &[Snapshot]) -> Vec<Edit> {
    let [gone, new] = [gone, new].map(|all| {
        // A bare schema does not say whose it is.
        let is_own = |its_own: Option<&str>| its_own.is_none() || its_own == package;
        let own = all.iter().filter(|snapshot| is_own(snapshot.package.as_deref()));
        own.cloned().collect::<Vec<_>>()
    });
    let mut edits = change::compare_all(&gone, &new);
    edits.retain(|edit| edit.key != edit.published_key);
    edits
}

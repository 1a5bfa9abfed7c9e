//! A change as a unified diff.

use similar::TextDiff;

use super::folder::Folder;
use super::plan::Change;

/// What a diff calls a file that is not there.
const NOTHING: &str = "/dev/null";

pub(super) fn text(change: &Change, folder: &Folder) -> String {
    let file = folder.shown(&change.name);
    let before = change.before.as_deref().map(String::from_utf8_lossy);
    let old_name = if before.is_some() { &file } else { NOTHING };
    let new_name = if change.after.is_some() { &file } else { NOTHING };
    let before = before.unwrap_or_default();
    let after = change.after.as_deref().unwrap_or_default();
    let diff = TextDiff::from_lines(before.as_ref(), after);
    diff.unified_diff().header(old_name, new_name).to_string()
}

//! `[assume]`, `[limits]` and `[webhooks]`.

use super::reader::{Reader, Table};
use crate::assumption::Assumption;
use crate::local::LocalUrl;

pub(super) fn assumptions(reader: &mut Reader<'_>, root: &Table<'_>) -> Vec<(Assumption, bool)> {
    let table = root.get("assume").and_then(|it| reader.table(it, "a table headed `[assume]`"));
    let Some(table) = table else { return Vec::new() };
    reader.known_keys(&table, &Assumption::ALL.map(Assumption::name));
    let mut switched = Vec::new();
    for (key, value) in table.entries {
        let Some(assumption) = Assumption::from_name(key.get_ref()) else { continue };
        switched.extend(reader.boolean(value).map(|on| (assumption, on)));
    }
    switched
}

/// The calls a minute, and the lines of history.
pub(super) fn limits(reader: &mut Reader<'_>, root: &Table<'_>) -> (Option<u32>, Option<usize>) {
    let table = root.get("limits").and_then(|it| reader.table(it, "a table headed `[limits]`"));
    let Some(table) = table else { return (None, None) };
    reader.known_keys(&table, &["calls_per_minute", "history"]);
    let calls = table.get("calls_per_minute");
    let calls = calls.and_then(|calls| reader.integer(calls, 0..=1_000_000));
    let history = table.get("history");
    let history = history.and_then(|history| reader.integer(history, 1_000..=10_000_000));
    (calls, history.and_then(|history| usize::try_from(history).ok()))
}

/// Where webhooks go.
pub(super) fn webhooks_to(reader: &mut Reader<'_>, root: &Table<'_>) -> Option<LocalUrl> {
    let table =
        root.get("webhooks").and_then(|it| reader.table(it, "a table headed `[webhooks]`"))?;
    reader.known_keys(&table, &["to"]);
    reader.local_url(table.get("to")?, "no webhook can be delivered to this")
}

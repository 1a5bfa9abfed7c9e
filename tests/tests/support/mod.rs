//! What several test binaries share.

use proptest::prelude::*;
use proptest::sample::{Index, select};

/// So many cases, and no files of regressions: a test binary has no place of its own for them.
/// What was once found belongs into a test.
pub(crate) fn cases(cases: u32) -> ProptestConfig {
    ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(cases) }
}

/// Strings that are `samples`, or nearly: up to three characters inserted, changed or removed.
pub(crate) fn near(samples: &'static [&'static str]) -> impl Strategy<Value = String> {
    let edits = prop::collection::vec((0..3, any::<Index>(), character(samples)), 0..4);
    (select(samples), edits).prop_map(|(sample, edits)| {
        let mut text: Vec<char> = sample.chars().collect();
        for (edit, place, character) in edits {
            match edit {
                0 => text.insert(place.index(text.len() + 1), character),
                _ if text.is_empty() => {}
                1 => {
                    let at = place.index(text.len());
                    text[at] = character;
                }
                _ => {
                    text.remove(place.index(text.len()));
                }
            }
        }
        text.into_iter().collect()
    })
}

/// A character that matters in `samples`, or any.
fn character(samples: &'static [&'static str]) -> impl Strategy<Value = char> {
    let known: Vec<char> = samples.iter().flat_map(|sample| sample.chars()).collect();
    prop_oneof![4 => select(known), 2 => prop::char::range('\0', '\u{7f}'), 1 => any::<char>()]
}

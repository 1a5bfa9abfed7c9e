//! Which triggers `--only` leaves.

use trigger_core::schema::TriggerSpec;

use super::{ExportError, Triggers};

/// From this likeness on, of at most 1, a key is worth proposing; clap has the same bar.
const LIKE: f64 = 0.7;

pub(super) fn select(
    triggers: Triggers<'_>,
    only: Option<&str>,
) -> Result<Vec<&'static TriggerSpec>, ExportError> {
    let Some(key) = only else {
        return Ok(triggers.to_vec());
    };
    match triggers.iter().find(|trigger| trigger.key() == key) {
        Some(trigger) => Ok(vec![trigger]),
        None => Err(ExportError::UnknownKey { key: key.to_owned(), hint: hint(triggers, key) }),
    }
}

fn hint(triggers: Triggers<'_>, key: &str) -> String {
    let likeness = |trigger: &TriggerSpec| strsim::jaro_winkler(trigger.key(), key);
    let nearest = triggers
        .iter()
        .map(|trigger| (likeness(trigger), trigger.key()))
        .filter(|(likeness, _)| *likeness >= LIKE)
        .max_by(|(one, _), (other, _)| one.total_cmp(other));
    if let Some((_, nearest)) = nearest {
        return format!("did you mean `{nearest}`?");
    }
    let keys: Vec<_> = triggers.iter().map(|trigger| trigger.key()).collect();
    format!("the keys are: {}", keys.join(", "))
}

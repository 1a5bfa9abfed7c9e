//! Which triggers a command is about.

use trigger_core::schema::TriggerSpec;

/// From this likeness on, of at most 1, a name is worth proposing; clap has the same bar.
const LIKE: f64 = 0.7;

pub(crate) type Triggers<'a> = &'a [&'static TriggerSpec];

/// A key that no trigger has.
#[derive(Debug, thiserror::Error)]
#[error("no trigger has the key `{key}`; {hint}")]
pub struct UnknownKey {
    key: String,
    hint: String,
}

/// The trigger with this key; all of them where none is named.
pub(crate) fn select(
    triggers: Triggers<'_>,
    key: Option<&str>,
) -> Result<Vec<&'static TriggerSpec>, UnknownKey> {
    match key {
        Some(key) => Ok(vec![find(triggers, key)?]),
        None => Ok(triggers.to_vec()),
    }
}

/// The trigger with this key.
pub(crate) fn find(triggers: Triggers<'_>, key: &str) -> Result<&'static TriggerSpec, UnknownKey> {
    let found = triggers.iter().find(|trigger| trigger.key() == key).copied();
    found.ok_or_else(|| UnknownKey { key: key.to_owned(), hint: hint(triggers, key) })
}

fn hint(triggers: Triggers<'_>, key: &str) -> String {
    let keys: Vec<_> = triggers.iter().map(|trigger| trigger.key()).collect();
    match nearest(&keys, key) {
        Some(nearest) => format!("did you mean `{nearest}`?"),
        None => format!("the keys are: {}", keys.join(", ")),
    }
}

/// The name that is most like another one, if any is much like it.
pub(crate) fn nearest<'n>(names: &[&'n str], other: &str) -> Option<&'n str> {
    let like = names.iter().map(|name| (strsim::jaro_winkler(name, other), *name));
    let like = like.filter(|(likeness, _)| *likeness >= LIKE);
    like.max_by(|(one, _), (other, _)| one.total_cmp(other)).map(|(_, name)| name)
}

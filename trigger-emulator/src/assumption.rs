//! What Wix does not document, and what is assumed of it instead.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A behavior of Wix that is not public. Each is on unless it is switched off.
///
/// ```
/// use trigger_emulator::Assumption;
///
/// for assumption in Assumption::ALL {
///     println!("{}: {}", assumption.name(), assumption.words(true));
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Assumption {
    /// What the answer to a repeated idempotency key has.
    DuplicatesTellFirstIds,
    /// Whether an idempotency key counts for all sites: the documented scope, trigger key and app,
    /// leaves the site out.
    KeysLeaveOutSites,
    /// Whether canceling an event leaves its idempotency key used.
    CanceledKeysStayUsed,
    /// Whether a cancel reaches the events of its own site alone.
    CancelsStayOnTheirSite,
    /// Whether `format` is enforced when an event is reported.
    FormatsAreEnforced,
    /// What becomes of an automation that starts before the event's date, if that time has passed
    /// when the event is reported, and the date has not.
    LateStartsAreSkipped,
    /// How a date without a zone is read.
    DatesWithoutZoneAreLocal,
    /// The answer to a trigger key that no trigger has.
    UnknownTriggersAreNotFound,
    /// Whether a token behind `Bearer` is refused; Wix's own SDK sends it without.
    BearerIsRefused,
    /// Which status tells of a required property that is missing, and which of a payload that breaks
    /// its schema in another way.
    MissingPropertiesAre400,
    /// Whether an item of a bulk call whose fields break the reference refuses the whole call.
    MalformedItemsRefuseAll,
    /// Whether a payload is judged before its idempotency key is looked for.
    PayloadsComeBeforeKeys,
    /// Whether a repeated idempotency key leaves an activation that is skipped.
    DuplicatesLeaveActivations,
    /// Whether 429 comes without `Retry-After`.
    LimitsSayNothingOfTime,
}

/// Name, words where it is on, words where it is off.
type Row = (&'static str, &'static str, &'static str);

impl Assumption {
    /// All of them.
    pub const ALL: [Self; 14] = [
        Self::DuplicatesTellFirstIds,
        Self::KeysLeaveOutSites,
        Self::CanceledKeysStayUsed,
        Self::CancelsStayOnTheirSite,
        Self::FormatsAreEnforced,
        Self::LateStartsAreSkipped,
        Self::DatesWithoutZoneAreLocal,
        Self::UnknownTriggersAreNotFound,
        Self::BearerIsRefused,
        Self::MissingPropertiesAre400,
        Self::MalformedItemsRefuseAll,
        Self::PayloadsComeBeforeKeys,
        Self::DuplicatesLeaveActivations,
        Self::LimitsSayNothingOfTime,
    ];

    const fn row(self) -> Row {
        match self {
            Self::DuplicatesTellFirstIds => (
                "duplicates-tell-first-ids",
                "a repeated idempotency key is answered with the activation ids of the first report",
                "a repeated idempotency key is answered without activation ids",
            ),
            Self::KeysLeaveOutSites => (
                "keys-leave-out-sites",
                "an idempotency key counts for all sites of an app",
                "an idempotency key counts for its own site",
            ),
            Self::CanceledKeysStayUsed => (
                "canceled-keys-stay-used",
                "the idempotency key of a canceled event stays used",
                "canceling an event frees its idempotency key",
            ),
            Self::CancelsStayOnTheirSite => (
                "cancels-stay-on-their-site",
                "a cancel reaches the events of its own site",
                "a cancel reaches the events of all sites",
            ),
            Self::FormatsAreEnforced => (
                "formats-are-enforced",
                "a payload whose strings break their `format` is refused (428)",
                "a payload whose strings break their `format` is taken",
            ),
            Self::LateStartsAreSkipped => (
                "late-starts-are-skipped",
                "an automation that should have started before now is skipped as expired",
                "an automation that should have started before now, for a date that is still ahead, starts at once",
            ),
            Self::DatesWithoutZoneAreLocal => (
                "dates-without-zone-are-local",
                "a date-time without a zone is read in the site's time zone",
                "a date-time without a zone fails as SCHEDULE_DATE_EVALUATION_FAILED",
            ),
            Self::UnknownTriggersAreNotFound => (
                "unknown-triggers-are-not-found",
                "an unknown trigger key is answered with 404",
                "an unknown trigger key is answered with 403",
            ),
            Self::BearerIsRefused => (
                "bearer-is-refused",
                "a token behind `Bearer` is refused",
                "a token behind `Bearer` is taken",
            ),
            Self::MissingPropertiesAre400 => (
                "missing-properties-are-400",
                "a missing property is answered with 400, another fault of the payload with 428",
                "a missing property is answered with 428, another fault of the payload with 400",
            ),
            Self::MalformedItemsRefuseAll => (
                "malformed-items-refuse-all",
                "a bulk call with an item whose fields break the reference is refused as a whole",
                "an item of a bulk call whose fields break the reference fails by itself",
            ),
            Self::PayloadsComeBeforeKeys => (
                "payloads-come-before-keys",
                "a payload that breaks its schema is refused, whether its idempotency key was used or not",
                "a repeated idempotency key is ignored, whatever the payload is",
            ),
            Self::DuplicatesLeaveActivations => (
                "duplicates-leave-activations",
                "a repeated idempotency key leaves activations, SKIPPED with EVENT_ALREADY_PROCESSED",
                "a repeated idempotency key leaves nothing",
            ),
            Self::LimitsSayNothingOfTime => (
                "limits-say-nothing-of-time",
                "429 comes without Retry-After",
                "429 comes with Retry-After, in seconds",
            ),
        }
    }

    /// What it is called in a configuration.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.row().0
    }

    /// What is assumed where it is on, or off.
    #[must_use]
    pub const fn words(self, on: bool) -> &'static str {
        if on { self.row().1 } else { self.row().2 }
    }

    /// The one of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|it| it.name() == name)
    }
}

/// Which assumptions are on: all, unless switched off.
#[derive(Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<String>", try_from = "Vec<String>")]
pub(crate) struct Assumptions {
    off: [bool; Assumption::ALL.len()],
}

impl Assumptions {
    pub(crate) fn set(&mut self, assumption: Assumption, on: bool) {
        self.off[assumption as usize] = !on;
    }

    pub(crate) fn holds(&self, assumption: Assumption) -> bool {
        !self.off[assumption as usize]
    }
}

/// The names of those that are off.
impl From<Assumptions> for Vec<String> {
    fn from(assumptions: Assumptions) -> Self {
        let off = Assumption::ALL.into_iter().filter(|it| !assumptions.holds(*it));
        off.map(|it| it.name().to_owned()).collect()
    }
}

impl TryFrom<Vec<String>> for Assumptions {
    type Error = String;

    fn try_from(off: Vec<String>) -> Result<Self, Self::Error> {
        let mut assumptions = Self::default();
        for name in off {
            let known = Assumption::from_name(&name);
            assumptions.set(known.ok_or_else(|| format!("nothing is assumed as `{name}`"))?, false);
        }
        Ok(assumptions)
    }
}

impl fmt::Debug for Assumptions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let words = Assumption::ALL.map(|it| it.words(self.holds(it)));
        formatter.debug_list().entries(words).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_listed_in_their_order_and_switched_by_name() {
        for (index, assumption) in Assumption::ALL.into_iter().enumerate() {
            assert_eq!(assumption as usize, index);
            assert_eq!(Assumption::from_name(assumption.name()), Some(assumption));
            assert_ne!(assumption.words(true), assumption.words(false));
            let mut assumptions = Assumptions::default();
            assert!(assumptions.holds(assumption));
            assumptions.set(assumption, false);
            let held = Assumption::ALL.into_iter().filter(|it| assumptions.holds(*it));
            assert_eq!(held.count(), Assumption::ALL.len() - 1);
            assert!(!assumptions.holds(assumption));
        }
        assert_eq!(Assumption::from_name("none-such"), None);
    }
}

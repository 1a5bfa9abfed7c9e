//! Idempotency keys: which report is known again.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::{Effect, Engine, Event, EventIndex, Reason, Repeat, Report, State};
use crate::assumption::Assumption;

/// How long Wix keeps an idempotency key, if the report does not say (its reference).
const WEEK: SignedDuration = SignedDuration::from_hours(7 * 24);

/// How many idempotency keys are kept before one looks for those that have expired.
const KEYS_AT_FIRST: usize = 1024;

/// An idempotency key within its scope.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct Key {
    pub(super) trigger: usize,
    pub(super) app: Arc<str>,
    pub(super) site: Option<Uuid>,
    pub(super) text: String,
}

/// What a key stands for.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct KeptKey {
    /// While it is remembered.
    pub(super) event: Option<EventIndex>,
    /// What the event was reported for.
    pub(super) site: Uuid,
    pub(super) entity: Option<Uuid>,
    /// The event's first activation, and how many there are.
    pub(super) activations: (Uuid, usize),
    pub(super) until: Timestamp,
}

impl Engine {
    pub(super) fn key(&self, trigger: usize, report: &Report) -> Option<Key> {
        let text = report.idempotency.as_ref()?.key.clone();
        let all_sites = self.assumptions.holds(Assumption::KeysLeaveOutSites);
        let site = (!all_sites).then_some(report.site);
        Some(Key { trigger, app: Arc::clone(&report.app), site, text })
    }

    /// What the key stands for, if it was used before.
    pub(super) fn kept(&self, key: &Key) -> Option<KeptKey> {
        self.keys.get(key).filter(|kept| kept.until > self.now).copied()
    }

    /// Keeps a key for the event that was just taken.
    pub(super) fn keep(&mut self, key: Key, ttl: Option<SignedDuration>) {
        if self.keys.len() >= KEYS_AT_FIRST.max(self.keys_at_most) {
            self.keys.retain(|_, kept| kept.until > self.now);
            self.keys_at_most = 2 * self.keys.len();
        }
        let until = self.now.saturating_add(ttl.unwrap_or(WEEK)).unwrap_or(Timestamp::MAX);
        let Some(event) = self.events.len().checked_sub(1) else { return };
        let Event { site, entity, activations: (start, count), .. } = self.events[event];
        let first = self.activations.get(start).map_or(Uuid::nil(), |it| it.id);
        let activations = (first, count);
        self.keys.insert(key, KeptKey { event: Some(event), site, entity, activations, until });
    }

    /// Ignores a report whose key was used before: the activations that the answer tells.
    pub(super) fn repeat(&mut self, trigger: usize, kept: KeptKey, report: &Report) -> Vec<Uuid> {
        let event = kept.event.map(|event| &self.events[event]);
        let differs = event.and_then(|event| difference(event, report));
        let repeat =
            Repeat { at: self.now, trigger, event: kept.event, entity: report.entity, differs };
        self.log.push(Effect::Repeated(Box::new(repeat)));
        let leaves = self.assumptions.holds(Assumption::DuplicatesLeaveActivations);
        if let Some(first) = kept.event.filter(|_| leaves) {
            let (start, count) = self.events[first].activations;
            for index in start..start + count {
                let automation = self.activations[index].automation;
                let skipped = self.push_activation(first, automation);
                self.moved(skipped, State::Skipped(Reason::EventAlreadyProcessed));
            }
        }
        if self.assumptions.holds(Assumption::DuplicatesTellFirstIds) {
            let (first, count) = kept.activations;
            let ids = (0..count as u128).map(|number| first.as_u128().wrapping_add(number));
            return ids.map(Uuid::from_u128).collect();
        }
        Vec::new()
    }
}

/// In what a report differs from the event that its idempotency key was used for first.
fn difference(event: &Event, report: &Report) -> Option<String> {
    let first: Value = serde_json::from_str(&event.payload).unwrap_or_default();
    let mut differ: Vec<_> = match (first.as_object(), report.payload.as_object()) {
        (Some(first), Some(again)) => {
            let gone = first.keys().filter(|key| !again.contains_key(*key));
            let new = again.iter().filter(|(key, value)| first.get(*key) != Some(value));
            gone.chain(new.map(|(key, _)| key)).map(|key| format!("`{key}`")).collect()
        }
        _ => Vec::new(),
    };
    differ.sort_unstable();
    if event.entity != report.entity {
        differ.insert(0, "the external entity id".to_owned());
    }
    (!differ.is_empty()).then(|| differ.join(", "))
}

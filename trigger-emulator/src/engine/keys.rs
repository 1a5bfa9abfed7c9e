//! Idempotency keys: which report is known again.

use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use super::automation::is_same;
use super::{Effect, Engine, Event, EventIndex, Reason, Repeat, Report, State, text};
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
    /// Of its payload, once it is forgotten.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    digest: Option<Uuid>,
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
        let (event, digest) = (Some(event), None);
        self.keys.insert(key, KeptKey { event, digest, site, entity, activations, until });
    }

    /// Forgets the events of keys that have no place any more.
    pub(super) fn move_keys(&mut self, place: impl Fn(EventIndex) -> Option<EventIndex>) {
        for kept in self.keys.values_mut() {
            let Some(event) = kept.event else { continue };
            kept.event = place(event);
            if kept.event.is_none() {
                kept.digest = Some(digest(&self.events[event].payload));
            }
        }
    }

    /// Ignores a report whose key was used before: the activations that the answer tells.
    pub(super) fn repeat(&mut self, trigger: usize, kept: KeptKey, report: &Report) -> Vec<Uuid> {
        let event = kept.event.map(|event| &self.events[event]);
        let differs = differences(&kept, event, report);
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

/// In what a report differs from the one that its idempotency key was used for first.
fn differences(kept: &KeptKey, first: Option<&Event>, report: &Report) -> Vec<String> {
    let mut differ = Vec::new();
    if kept.site != report.site {
        differ.push("instanceId".to_owned());
    }
    if kept.entity != report.entity {
        differ.push("externalEntityId".to_owned());
    }
    match first {
        Some(first) => differ.extend(differing_properties(&first.payload, &report.payload)),
        None if kept.digest.is_some_and(|it| it != digest(&text(&report.payload))) => {
            differ.push("payload".to_owned());
        }
        None => {}
    }
    differ
}

fn differing_properties(first: &str, again: &Value) -> Vec<String> {
    let first: Value = serde_json::from_str(first).unwrap_or_default();
    let (Some(first), Some(again)) = (first.as_object(), again.as_object()) else {
        return Vec::new();
    };
    let gone = first.keys().filter(|key| !again.contains_key(*key));
    let is_other = |key: &str, value| first.get(key).is_none_or(|first| !is_same(first, value));
    let other = again.iter().filter(|(key, value)| is_other(key, value)).map(|(key, _)| key);
    let mut names: Vec<_> = gone.chain(other).map(|name| format!("payload.{name}")).collect();
    names.sort_unstable();
    names
}

/// What is remembered of a payload that is not.
fn digest(payload: &str) -> Uuid {
    Uuid::new_v5(&Uuid::NAMESPACE_OID, payload.as_bytes())
}

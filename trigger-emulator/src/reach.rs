//! What a cancel would stop, before it does.

use std::collections::BTreeMap;
use std::fmt;

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;

use crate::assumption::Assumption;
use crate::engine::{Engine, PendingAction};

/// What a cancel of a trigger key and an external entity id would stop: see
/// [`Emulator::cancel_reach`](crate::Emulator::cancel_reach).
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Reach {
    /// The events that are not over, in the order in which they were reported.
    pub events: Vec<ReachedEvent>,
    /// Where those events differ in what their payloads say they are about: one of them may be
    /// canceled by mistake.
    pub warnings: Vec<String>,
}

/// An event that a cancel would stop.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct ReachedEvent {
    /// The app that reported it.
    pub app_id: String,
    /// The site that it is of.
    pub instance_id: Uuid,
    /// When it was reported.
    pub reported_at: Timestamp,
    /// What it was reported with.
    pub payload: Value,
    /// What it has still to do; nothing, if it waits only to end.
    pub actions: Vec<StoppedAction>,
}

/// An action that a cancel would stop.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct StoppedAction {
    /// The name of its automation.
    pub automation: String,
    /// Its own name.
    pub action: String,
    /// When it would run; nothing if no calendar goes that far. A post that is under way has the
    /// time that it is now: it is not called back, and not tried again.
    pub at: Option<Timestamp>,
}

impl Reach {
    /// `None` if there is no such trigger.
    pub(crate) fn of(
        engine: &Engine,
        trigger_key: &str,
        entity: Uuid,
        app: Option<&str>,
        site: Option<Uuid>,
    ) -> Option<Self> {
        let trigger = engine.trigger(trigger_key)?;
        let mut events = Vec::new();
        for index in engine.reached(app, site, trigger, entity) {
            if !engine.would_stop(index) {
                continue;
            }
            let actions = engine.pending_actions(index).map(StoppedAction::from).collect();
            let event = &engine.events()[index];
            events.push(ReachedEvent {
                app_id: event.app.to_string(),
                instance_id: event.site,
                reported_at: event.at,
                payload: serde_json::from_str(&event.payload).unwrap_or_default(),
                actions,
            });
        }
        let own_site = engine.assumptions.holds(Assumption::CancelsStayOnTheirSite);
        let warnings = differences(&events, own_site);
        Some(Self { events, warnings })
    }
}

impl From<PendingAction<'_>> for StoppedAction {
    fn from(pending: PendingAction<'_>) -> Self {
        let PendingAction { automation, action, at } = pending;
        Self { automation: automation.to_owned(), action: action.to_owned(), at }
    }
}

/// The ids of payloads in which events differ that one cancel would stop.
fn differences(events: &[ReachedEvent], own_site: bool) -> Vec<String> {
    let mut cancels: BTreeMap<_, Vec<&ReachedEvent>> = BTreeMap::new();
    for event in events {
        let site = own_site.then_some(event.instance_id);
        cancels.entry((&*event.app_id, site)).or_default().push(event);
    }
    let mut warnings: Vec<_> = cancels.values().flat_map(|it| differences_of_one(it)).collect();
    // Sites may differ in the same way.
    warnings.dedup();
    warnings
}

fn differences_of_one(events: &[&ReachedEvent]) -> Vec<String> {
    let mut ids: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
    let properties = events.iter().filter_map(|event| event.payload.as_object()).flatten();
    for (name, value) in properties.filter(|(name, value)| is_id(name, value)) {
        let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        *ids.entry(name).or_default().entry(value).or_default() += 1;
    }
    let differ = ids.into_iter().filter(|(_, values)| values.len() > 1);
    differ
        .map(|(name, values)| {
            let values: Vec<_> = values
                .into_iter()
                .map(|(value, count)| match count {
                    1 => format!("{value} (1 event)"),
                    _ => format!("{value} ({count} events)"),
                })
                .collect();
            let values = values.join(", ");
            format!("these events share the external entity id, and differ in `{name}`: {values}")
        })
        .collect()
}

/// Whether a property says what its event is about.
fn is_id(name: &str, value: &Value) -> bool {
    let is_scalar = value.is_string() || value.is_number();
    let is_called_id = name == "id" || name.ends_with("Id") || name.ends_with("_id");
    let is_guid = value.as_str().is_some_and(|text| crate::http::guid(text).is_some());
    is_scalar && (is_called_id || is_guid)
}

impl fmt::Display for Reach {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.events.is_empty() {
            return formatter.write_str("nothing waits");
        }
        let mut lines = Vec::new();
        for event in &self.events {
            lines.push(format!("{} reported {}", event.reported_at, event.payload));
            if event.actions.is_empty() {
                lines.push("  waits to end".to_owned());
            }
            for StoppedAction { automation, action, at } in &event.actions {
                let at = at.map_or_else(|| "never".to_owned(), |at| at.to_string());
                lines.push(format!("  {at} `{action}` of \"{automation}\""));
            }
        }
        lines.extend(self.warnings.iter().map(|warning| format!("warning: {warning}")));
        formatter.write_str(&lines.join("\n"))
    }
}

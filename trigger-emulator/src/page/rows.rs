//! Windows of what was reported, taken or not, the last first.

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Deserializer};
use serde_json::{Value, json};

use super::calls;
use crate::engine::{Effect, Engine, Event};
use crate::refused::RefusedCall;
use crate::state::State;
use crate::words::cut;

/// How many rows a window has at most.
const MOST_ROWS: usize = 200;

/// How many events are looked at for one window: who filters asks again from there on, and lets
/// others in between.
const MOST_SEEN: usize = 20_000;

/// The longest message of a row, in bytes; what it is of tells more.
const LONGEST_MESSAGE: usize = 200;

/// Wix's states, and what else may have become of a report.
const STATES: [&str; 10] = [
    "INITIATED",
    "SCHEDULED",
    "STARTED",
    "ENDED",
    "CANCELLED",
    "FAILED",
    "SKIPPED",
    "REFUSED",
    "REPEATED",
    "CONFLICT",
];

/// What is shown, and from where on.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(super) struct AskedRows {
    /// Only what is older.
    before: Option<RowId>,
    limit: Option<usize>,
    trigger_key: Option<String>,
    /// A part of an external entity id.
    entity: Option<String>,
    /// One of Wix's states, which an activation has; or `REFUSED`, `REPEATED`, `CONFLICT`.
    #[serde(default, deserialize_with = "known_state")]
    state: Option<String>,
    /// A part of the payload, or of an error.
    text: Option<String>,
}

/// The name of a row for ever, and its place among the others: an event's number, or that of the
/// event that came next and behind it the number of a call that was refused before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct RowId {
    pub(super) event: u64,
    pub(super) refused: Option<u64>,
}

impl RowId {
    fn of(event: &Event) -> Self {
        Self { event: event.number, refused: None }
    }

    fn of_refused(call: &RefusedCall) -> Self {
        Self { event: call.after, refused: Some(call.number) }
    }

    /// Orders what was refused before an event below it.
    fn order(self) -> (u64, bool, u64) {
        (self.event, self.refused.is_none(), self.refused.unwrap_or_default())
    }
}

impl std::fmt::Display for RowId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.refused {
            None => write!(formatter, "{}", self.event),
            Some(refused) => write!(formatter, "{}-{refused}", self.event),
        }
    }
}

impl<'de> Deserialize<'de> for RowId {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let (event, refused) = match text.split_once('-') {
            None => (number(&text), Some(None)),
            Some((event, refused)) => (number(event), number(refused).map(Some)),
        };
        match (event, refused) {
            (Some(event), Some(refused)) => Ok(Self { event, refused }),
            _ => Err(serde::de::Error::custom("a row is called such as `12` or `12-3`")),
        }
    }
}

/// What is written in digits alone, as ids are.
fn number(text: &str) -> Option<u64> {
    if text.bytes().all(|digit| digit.is_ascii_digit()) { text.parse().ok() } else { None }
}

/// One of the states by which rows can be asked for; an empty one is any.
fn known_state<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let state = Option::<String>::deserialize(deserializer)?;
    let is_known = |state: &str| state.is_empty() || STATES.contains(&state);
    if state.as_deref().is_none_or(is_known) {
        return Ok(state);
    }
    Err(serde::de::Error::custom(format!("a `state` is one of {}", STATES.join(", "))))
}

/// An event or a call that was refused.
enum Found<'s> {
    Event(usize, &'s Event),
    Refused(&'s RefusedCall),
}

pub(super) fn rows(state: &State, asked: &AskedRows) -> Value {
    let limit = asked.limit.unwrap_or(100).clamp(1, MOST_ROWS);
    let asked = Wanted::of(state, asked);
    let mut rows = Vec::new();
    let (mut last, mut seen) = (None, 0);
    for found in all_before(state, asked.before) {
        if rows.len() == limit || seen == MOST_SEEN {
            break;
        }
        seen += 1;
        let (id, row) = match found {
            Found::Event(place, event) => (RowId::of(event), asked.event(place, event)),
            Found::Refused(call) => (RowId::of_refused(call), asked.refused(call)),
        };
        last = Some(id);
        rows.extend(row);
    }
    let is_end = last.is_none_or(|last| all_before(state, Some(last)).next().is_none());
    json!({
        "rows": rows,
        "next": last.filter(|_| !is_end).map(|last| last.to_string()),
        "events": state.engine.count_reported(),
        "refused": state.refused.count(),
    })
}

/// All events and refused calls before this one, the last first.
fn all_before(state: &State, before: Option<RowId>) -> impl Iterator<Item = Found<'_>> {
    let is_before = move |id: RowId| before.is_none_or(|before| id.order() < before.order());
    let events = state.engine.events();
    let mut event = events.partition_point(|event| is_before(RowId::of(event)));
    let refused = state.refused.kept();
    let mut call = refused.partition_point(|call| is_before(RowId::of_refused(call)));
    std::iter::from_fn(move || {
        let last_event = event.checked_sub(1).map(|place| &events[place]);
        let last_call = call.checked_sub(1).map(|place| &refused[place]);
        let is_event = match (last_event, last_call) {
            (Some(event), Some(call)) => RowId::of(event).order() > RowId::of_refused(call).order(),
            (event, _) => event.is_some(),
        };
        if is_event {
            event -= 1;
            last_event.map(|it| Found::Event(event, it))
        } else {
            call = call.saturating_sub(1);
            last_call.map(Found::Refused)
        }
    })
}

/// The event of this number, and its place.
pub(super) fn event_of(engine: &Engine, number: u64) -> Option<(usize, &Event)> {
    let place = engine.events().binary_search_by_key(&number, |event| event.number).ok()?;
    Some((place, &engine.events()[place]))
}

/// What is asked for, made ready to compare with many.
struct Wanted<'s> {
    state: &'s State,
    before: Option<RowId>,
    trigger_key: Option<&'s str>,
    entity: Option<String>,
    of_state: Option<&'s str>,
    text: Option<String>,
    /// How many reports were ignored for an event, and whether one was another event.
    repeats: HashMap<usize, (usize, bool)>,
}

impl<'s> Wanted<'s> {
    fn of(state: &'s State, asked: &'s AskedRows) -> Self {
        let said = |text: &'s Option<String>| text.as_deref().filter(|it| !it.is_empty());
        let mut repeats: HashMap<usize, (usize, bool)> = HashMap::new();
        for effect in state.engine.log() {
            let Effect::Repeated(repeat) = effect else { continue };
            if let Some(event) = repeat.event {
                let (count, conflicts) = repeats.entry(event).or_default();
                *count += 1;
                *conflicts |= !repeat.differs.is_empty();
            }
        }
        Self {
            state,
            before: asked.before,
            trigger_key: said(&asked.trigger_key),
            entity: said(&asked.entity).map(str::to_lowercase),
            of_state: said(&asked.state),
            text: said(&asked.text).map(str::to_lowercase),
            repeats,
        }
    }

    fn event(&self, place: usize, event: &Event) -> Option<Value> {
        let engine = &self.state.engine;
        let key = engine.triggers()[event.trigger].key();
        if self.trigger_key.is_some_and(|wanted| wanted != key) {
            return None;
        }
        let id = event.entity.map(|id| id.to_string());
        if self.entity.as_ref().is_some_and(|wanted| !contains(id.as_deref(), wanted)) {
            return None;
        }
        let (repeats, conflicts) = self.repeats.get(&place).copied().unwrap_or_default();
        let (start, count) = event.activations;
        let activations = &engine.activations()[start..start + count];
        let is_in_state = |wanted: &str| match wanted {
            "REPEATED" => repeats > 0,
            "CONFLICT" => conflicts,
            _ => activations.iter().any(|it| it.state().name() == wanted),
        };
        if self.of_state.is_some_and(|wanted| !is_in_state(wanted)) {
            return None;
        }
        if self.text.as_ref().is_some_and(|wanted| !contains(Some(&event.payload), wanted)) {
            return None;
        }
        let mut states: BTreeMap<&str, usize> = BTreeMap::new();
        for activation in activations {
            *states.entry(activation.state().name()).or_default() += 1;
        }
        Some(json!({
            "id": RowId::of(event).to_string(),
            "at": event.at,
            "timeZone": calls::zone_name(self.state, Some(event.site)),
            "triggerKey": key,
            "externalEntityId": event.entity,
            "states": states,
            "repeats": repeats,
            "conflict": conflicts,
            "next": activations.iter().filter_map(crate::engine::Activation::next).min(),
        }))
    }

    fn refused(&self, call: &RefusedCall) -> Option<Value> {
        let is_other = self.trigger_key.is_some_and(|wanted| wanted != call.trigger_key)
            || self.of_state.is_some_and(|wanted| wanted != "REFUSED");
        let lacks = |text: Option<&str>, wanted: &Option<String>| {
            wanted.as_ref().is_some_and(|wanted| !contains(text, wanted))
        };
        if is_other || lacks(call.entity.as_deref(), &self.entity) {
            return None;
        }
        let texts = [call.payload.as_deref(), Some(&call.sent), Some(&call.message)];
        if texts.into_iter().all(|text| lacks(text, &self.text)) {
            return None;
        }
        Some(json!({
            "id": RowId::of_refused(call).to_string(),
            "at": call.at,
            "timeZone": calls::zone_name(self.state, call.site),
            "triggerKey": call.trigger_key,
            "externalEntityId": call.entity,
            "refused": {
                "call": call.call,
                "status": call.status,
                "code": code(call),
                "message": cut(&call.message, LONGEST_MESSAGE),
                "fault": call.strike,
            },
        }))
    }
}

/// Wix's name for what is wrong, if it has one.
pub(super) fn code(call: &RefusedCall) -> Option<&str> {
    call.details["applicationError"]["code"].as_str()
}

/// Whether a text has these small letters in it, however they are written.
fn contains(text: Option<&str>, wanted: &str) -> bool {
    text.is_some_and(|text| text.to_lowercase().contains(wanted))
}

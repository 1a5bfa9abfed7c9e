//! One row, opened.

use serde_json::{Value, json};
use uuid::Uuid;

use super::rows::{RowId, code, event_of};
use super::{calls, checks, lanes, why};
use crate::engine::{Effect, Event, Repeat};
use crate::refused::RefusedCall;
use crate::state::State;

/// The same of the event that an activation is of.
pub(super) fn row_of(state: &State, activation: Uuid) -> Option<Value> {
    let engine = &state.engine;
    // It is asked for what was just reported.
    let found = engine.activations().iter().rev().find(|it| it.id == activation)?;
    Some(event(state, found.event, &engine.events()[found.event]))
}

/// All that is known of a row, if it is remembered.
pub(super) fn row(state: &State, id: RowId) -> Option<Value> {
    match id.refused {
        None => event_of(&state.engine, id.event).map(|(place, it)| event(state, place, it)),
        Some(number) => {
            let kept = state.refused.kept();
            let place = kept.binary_search_by_key(&number, |call| call.number).ok()?;
            let call = &kept[place];
            (call.after == id.event).then(|| refused(state, call, id))
        }
    }
}

fn event(state: &State, place: usize, event: &Event) -> Value {
    let engine = &state.engine;
    let key = engine.triggers()[event.trigger].key();
    let repeats = repeats(state, place);
    let (start, count) = event.activations;
    let activations = (start..start + count).map(|it| lanes::activation(engine, it));
    let inactive = why::inactive(engine, event);
    let nothing = (count == 0).then(|| why::nothing(key, event.at));
    let why: Vec<_> = nothing.iter().chain(&inactive).map(String::as_str).collect();
    let told: Vec<_> =
        repeats.iter().map(|it| json!({ "at": it.at, "differs": it.differs })).collect();
    json!({
        "id": event.number.to_string(),
        "at": event.at,
        "triggerKey": key,
        "appId": event.app,
        "instanceId": event.site,
        "timeZone": calls::zone_name(state, Some(event.site)),
        "externalEntityId": event.entity,
        "date": engine.date_of(event),
        "payload": serde_json::from_str::<Value>(&event.payload).unwrap_or_default(),
        "payloadText": event.payload,
        "checks": checks::passed(event, &repeats),
        "repeats": told,
        "activations": activations.collect::<Vec<_>>(),
        "why": (!why.is_empty()).then(|| why.join(" ")),
        "inactive": inactive,
    })
}

/// The reports that were ignored for an event.
fn repeats(state: &State, event: usize) -> Vec<&Repeat> {
    let log = state.engine.log().iter();
    log.filter_map(|effect| match effect {
        Effect::Repeated(repeat) if repeat.event == Some(event) => Some(&**repeat),
        _ => None,
    })
    .collect()
}

fn refused(state: &State, call: &RefusedCall, id: RowId) -> Value {
    let words = match code(call) {
        Some(code) => format!("{} {code}", call.status),
        None => call.status.to_string(),
    };
    let because = match &call.strike {
        Some(strike) => format!("a fault struck it: {strike}"),
        None => call.message.clone(),
    };
    let mut row = json!({
        "id": id.to_string(),
        "at": call.at,
        "triggerKey": call.trigger_key,
        "appId": call.app,
        "instanceId": call.site,
        "timeZone": calls::zone_name(state, call.site),
        "externalEntityId": call.entity,
        "sent": call.sent,
        "checks": checks::failed(call),
        "refused": { "call": call.call, "status": call.status, "code": code(call), "message": call.message,
                     "details": call.details, "fault": call.strike },
        "repeats": [],
        "activations": [],
        "why": format!("Refused with {words}: {because}."),
    });
    if let Some(payload) = &call.payload {
        row["payload"] = serde_json::from_str(payload).unwrap_or_default();
        row["payloadText"] = json!(payload);
    }
    row
}

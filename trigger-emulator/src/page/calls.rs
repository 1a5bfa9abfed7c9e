//! The calls of the page.

use std::sync::Arc;

use axum::extract::State as Shares;
use axum::extract::{Path, rejection::PathRejection};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use uuid::Uuid;

use super::lanes::{self, AskedLanes};
use super::rows::{self, AskedRows, RowId};
use super::{dashboard, event, live};
use crate::emulator::{APP, SITE};
use crate::http::{Answer, Body, Failure, read};
use crate::state::{Shared, State};
use crate::trigger::{About, TriggerDefinition};
use crate::view;

type Asked = Shares<Arc<Shared>>;

/// What a body asks for.
fn asked<T: DeserializeOwned>(body: Body) -> Result<T, Failure> {
    let body = read(body)?;
    serde_json::from_slice(&body).map_err(|error| Failure::plain(400, &error.to_string()))
}

/// All that is set up.
pub(super) async fn overview(Shares(shared): Asked) -> Answer {
    Answer::from(Ok(shared.act(|state| {
        let engine = &state.engine;
        let triggers = engine.triggers().iter().filter(|it| engine.trigger(it.key()).is_some());
        let active = view::automations(engine).into_iter().map(|it| (it, true));
        let inactive = view::inactive_automations(engine).into_iter().map(|it| (it, false));
        let automations = active.chain(inactive).map(|(mut automation, is_active)| {
            automation["isActive"] = json!(is_active);
            automation
        });
        json!({
            "run": live::run(),
            "timeZone": zone_name(state, None),
            "apps": apps(state),
            "triggers": triggers.map(trigger).collect::<Value>(),
            "automations": automations.collect::<Value>(),
        })
    })))
}

/// The name of a site's time zone, or of the one that sites have without one of their own.
pub(super) fn zone_name(state: &State, site: Option<Uuid>) -> &str {
    let zones = &state.engine.zones;
    let zone = site.map_or(&zones.default, |site| zones.of(site));
    zone.iana_name().unwrap_or("UTC")
}

/// Who may report, without their secrets. Where all may, the one that a test's own client is.
fn apps(state: &State) -> Value {
    let Some(apps) = &state.apps else {
        let zone = zone_name(state, Some(SITE));
        let sites = json!([{ "id": SITE, "timeZone": zone }]);
        return json!([{ "id": APP, "instances": sites, "triggers": null }]);
    };
    apps.iter()
        .map(|app| {
            let site = |id: &Uuid| json!({ "id": id, "timeZone": zone_name(state, Some(*id)) });
            let sites = app.instances.iter().map(site).collect::<Value>();
            json!({ "id": app.id, "instances": sites, "triggers": app.triggers })
        })
        .collect()
}

fn trigger(trigger: &TriggerDefinition) -> Value {
    let About { document, description, entity_id, cancels, .. } = trigger.about();
    json!({
        "key": trigger.key(),
        "name": trigger.name(),
        "description": description,
        "scheduledAt": trigger.scheduled_at(),
        "contact": trigger.contact(),
        "entityId": entity_id.as_ref().map(|id| json!({ "field": id.field, "property": id.property })),
        "cancels": cancels,
        "document": document,
        "steps": dashboard::steps(trigger),
    })
}

pub(super) async fn rows(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(
        asked::<AskedRows>(body).map(|asked| shared.act(|state| rows::rows(state, &asked))),
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct AskedRow {
    id: Option<RowId>,
    /// One of those that a report was answered with.
    activation: Option<Uuid>,
}

pub(super) async fn row(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(asked::<AskedRow>(body).and_then(|AskedRow { id, activation }| {
        let found = shared.act(|state| match (id, activation) {
            (Some(id), None) => Ok(event::row(state, id)),
            (None, Some(activation)) => Ok(event::row_of(state, activation)),
            _ => Err(Failure::plain(400, "a row is asked for by its `id` or by an `activation`")),
        })?;
        found.ok_or_else(|| Failure::plain(404, "this is not remembered, or never happened"))
    }))
}

pub(super) async fn lanes(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(asked::<AskedLanes>(body).and_then(|asked| {
        let found = shared.act(|state| lanes::lanes(state, &asked));
        found.ok_or_else(|| Failure::plain(404, "no trigger has this key, or had it"))
    }))
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct AskedToken {
    app_id: String,
    instance_id: Uuid,
}

/// A token for what the page sends, which then goes the way of a call of the app itself.
pub(super) async fn token(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(asked(body).and_then(|AskedToken { app_id, instance_id }| {
        let token = shared.act(|state| state.token_of_page(&app_id, instance_id));
        let token = token.map_err(|error| Failure::plain(400, &error.to_string()))?;
        Ok(json!({ "access_token": token }))
    }))
}

pub(super) async fn clear_fault(
    Shares(shared): Asked,
    place: Result<Path<usize>, PathRejection>,
) -> Answer {
    let left = place.ok().and_then(|Path(place)| {
        shared.act(|state| state.faults.remove(place).then(|| state.faults.json()))
    });
    let words = "there is no such fault; `GET /_emulator/faults` lists them, from 0 on";
    Answer::from(left.ok_or_else(|| Failure::plain(404, words)))
}

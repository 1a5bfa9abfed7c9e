//! Wix's calls, as its reference has them.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Answer;
use super::request::{EventInfo, Fields};
use crate::assumption::Assumption;
use crate::engine::{Refusal, Report};
use crate::state::{Shared, State, TOKEN_SECONDS, Token};
use crate::trigger::PayloadFault;

/// What answers a call whose token is taken.
pub(super) type Call = fn(&mut State, &Token, &mut Value) -> Result<Value, Failure>;

/// An answer that is none of success.
pub(crate) struct Failure {
    pub(super) status: u16,
    pub(super) message: String,
    pub(super) details: Value,
    /// In seconds.
    pub(super) retry_after: Option<i64>,
}

impl Failure {
    pub(super) fn plain(status: u16, message: &str) -> Self {
        Self { status, message: message.to_owned(), details: json!({}), retry_after: None }
    }

    fn application(status: u16, error: &Value) -> Self {
        let message = error["description"].as_str().unwrap_or_default();
        Self { details: json!({ "applicationError": error }), ..Self::plain(status, message) }
    }

    fn fields(fields: &Fields) -> Self {
        let violations: Vec<_> =
            fields.violations.iter().map(super::request::Violation::json).collect();
        let details = json!({ "validationError": { "fieldViolations": violations } });
        Self { details, ..Self::plain(400, "the request breaks Wix's reference") }
    }
}

pub(super) fn token(shared: &Shared, body: &[u8]) -> Answer {
    let refused = |status, error: &str, words: &str| Answer {
        status,
        retry_after: None,
        body: json!({ "error": error, "error_description": words }),
    };
    let body: Value = match serde_json::from_slice(body) {
        Ok(body) => body,
        Err(_) => return refused(400, "invalid_request", "the body is no JSON"),
    };
    if body["grant_type"] != "client_credentials" {
        let words = "the grant_type is to be client_credentials";
        return refused(400, "unsupported_grant_type", words);
    }
    let (Some(app), Some(secret)) = (body["client_id"].as_str(), body["client_secret"].as_str())
    else {
        return refused(400, "invalid_request", "client_id and client_secret are to be strings");
    };
    let Some(site) = body["instance_id"].as_str().and_then(super::request::guid) else {
        return refused(400, "invalid_request", "the instance_id is to be a GUID");
    };
    match shared.act(|state| state.token(app, secret, site)) {
        Some(token) => Answer {
            status: 200,
            retry_after: None,
            body: json!({
                "access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS,
            }),
        },
        None => refused(
            400,
            "invalid_client",
            "the emulator's list of apps has none of this id and secret that this instance has",
        ),
    }
}

/// Answers a call: first the token, then the limit, then what was asked.
pub(super) fn answer(
    shared: &Shared,
    call: Call,
    headers: &HeaderMap,
    body: &[u8],
) -> Result<Value, Failure> {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let body = serde_json::from_slice::<Value>(body);
    shared.act(|state| {
        let bearer_is_refused = state.engine.assumptions.holds(Assumption::BearerIsRefused);
        let token = match value.map(|value| (value, value.strip_prefix("Bearer "))) {
            Some((_, Some(token))) if !bearer_is_refused => Some(token),
            Some((value, _)) => Some(value),
            None => None,
        };
        let Some(token) = token.and_then(|token| state.bearer(token)) else {
            let words = match value {
                None => "there is no Authorization header",
                Some(value) if bearer_is_refused && value.starts_with("Bearer ") => {
                    "the token stands behind `Bearer`"
                }
                Some(_) => "the token is none that was given, or has expired",
            };
            return Err(Failure::plain(401, words));
        };
        if !state.may_call(token.site) {
            let words = "there are too many calls a minute for this instance";
            return Err(Failure {
                retry_after: state.retry_after(token.site),
                ..Failure::plain(429, words)
            });
        }
        let mut body = body.map_err(|_| Failure::plain(400, "the body is no JSON"))?;
        if !body.is_object() {
            return Err(Failure::plain(400, "the body is no JSON object"));
        }
        call(state, &token, &mut body)
    })
}

/// Whether the app may name this trigger.
fn allowed(state: &State, token: &Token, trigger_key: &str) -> Result<(), Failure> {
    if state.engine.trigger(trigger_key).is_none() {
        let found = state.engine.assumptions.holds(Assumption::UnknownTriggersAreNotFound);
        let words = format!("no trigger has the key `{trigger_key}`");
        let error = json!({ "code": "TRIGGER_NOT_FOUND", "description": words });
        return Err(Failure::application(if found { 404 } else { 403 }, &error));
    }
    if !state.has_trigger(&token.app, trigger_key) {
        let words = format!("`{trigger_key}` is a trigger of another app");
        return Err(Failure::plain(403, &words));
    }
    Ok(())
}

/// Wix's names for what is wrong with a payload, and where it is.
fn application_error(state: &State, fault: &PayloadFault) -> (u16, Value) {
    let missing_is_400 = state.engine.assumptions.holds(Assumption::MissingPropertiesAre400);
    let (missing, broken) = if missing_is_400 { (400, 428) } else { (428, 400) };
    match fault {
        PayloadFault::Missing(properties) => {
            let description = format!("required and not there: {}", properties.join(", "));
            let data = json!({ "missingProperties": properties });
            let code = "REQUIRED_PROPERTY";
            (missing, json!({ "code": code, "description": description, "data": data }))
        }
        PayloadFault::Broken(violations) => {
            let words: Vec<_> =
                violations.iter().map(|(place, words)| format!("{place}: {words}")).collect();
            let list: Vec<_> = violations
                .iter()
                .map(|(place, words)| json!({ "path": place, "message": words }))
                .collect();
            let code = "SCHEMA_VALIDATION_FAILED";
            let data = json!({ "violations": list });
            (broken, json!({ "code": code, "description": words.join("; "), "data": data }))
        }
    }
}

fn report_one(
    state: &mut State,
    token: &Token,
    trigger_key: &str,
    event: EventInfo,
) -> Result<Vec<Uuid>, Refusal> {
    let EventInfo { payload, entity, idempotency } = event;
    let trigger_key = trigger_key.to_owned();
    let (app, site) = (Arc::clone(&token.app), token.site);
    state.engine.report(Report { app, site, trigger_key, payload, entity, idempotency })
}

pub(super) fn report(state: &mut State, token: &Token, body: &mut Value) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let event = fields.event(body, "");
    if !fields.violations.is_empty() {
        return Err(Failure::fields(&fields));
    }
    allowed(state, token, &trigger_key)?;
    match report_one(state, token, &trigger_key, event) {
        Ok(ids) if ids.is_empty() => Ok(json!({})),
        Ok(ids) => Ok(json!({ "activationIds": ids })),
        Err(Refusal::Payload(fault)) => {
            let (status, error) = application_error(state, &fault);
            Err(Failure::application(status, &error))
        }
        Err(Refusal::UnknownTrigger) => Err(Failure::plain(404, "there is no such trigger")),
    }
}

pub(super) fn bulk_report(
    state: &mut State,
    token: &Token,
    body: &mut Value,
) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let mut items = body["eventsInfo"].take();
    fields.list(&items, "eventsInfo");
    let items = items.as_array_mut().map(std::mem::take).unwrap_or_default();
    let refuse_all = state.engine.assumptions.holds(Assumption::MalformedItemsRefuseAll);
    let events: Vec<_> = items
        .into_iter()
        .enumerate()
        .map(|(index, mut item)| {
            let (info, mut own) = (echo(&item), Fields::default());
            let event = own.event(&mut item, &format!("eventsInfo[{index}]."));
            if refuse_all {
                fields.violations.append(&mut own.violations);
            }
            (info, event, own)
        })
        .collect();
    if !fields.violations.is_empty() {
        return Err(Failure::fields(&fields));
    }
    allowed(state, token, &trigger_key)?;
    let mut results = Vec::new();
    for (index, (info, event, own)) in events.into_iter().enumerate() {
        if !own.violations.is_empty() {
            let Failure { message, details, .. } = Failure::fields(&own);
            let error = json!({
                "code": "INVALID_ARGUMENT", "description": message, "data": details,
            });
            results.push(json!({ "itemMetadata": failure(index, &error), "eventInfo": info }));
            continue;
        }
        results.push(match report_one(state, token, &trigger_key, event) {
            Ok(ids) => json!({
                "itemMetadata": success(index), "eventInfo": info, "activationIds": ids,
            }),
            Err(Refusal::Payload(fault)) => {
                let (_, error) = application_error(state, &fault);
                json!({ "itemMetadata": failure(index, &error), "eventInfo": info })
            }
            Err(Refusal::UnknownTrigger) => {
                return Err(Failure::plain(404, "there is no such trigger"));
            }
        });
    }
    Ok(bulk(&trigger_key, &results))
}

/// What the answer repeats of an item.
fn echo(item: &Value) -> Value {
    let mut info = item.clone();
    if let Some(info) = info.as_object_mut() {
        info.retain(|name, _| matches!(&**name, "payload" | "externalEntityId" | "idempotency"));
    }
    info
}

fn success(index: usize) -> Value {
    json!({ "originalIndex": index, "success": true })
}

fn failure(index: usize, error: &Value) -> Value {
    json!({ "originalIndex": index, "success": false, "error": error })
}

fn bulk(trigger_key: &str, results: &[Value]) -> Value {
    let successes = results.iter().filter(|it| it["itemMetadata"]["success"] == true).count();
    json!({
        "triggerKey": trigger_key,
        "results": results,
        "bulkActionMetadata": {
            "totalSuccesses": successes,
            "totalFailures": results.len() - successes,
            "undetailedFailures": 0,
        },
    })
}

pub(super) fn cancel(state: &mut State, token: &Token, body: &mut Value) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let entity = fields.required_guid(&body["externalEntityId"], "externalEntityId");
    if !fields.violations.is_empty() {
        return Err(Failure::fields(&fields));
    }
    allowed(state, token, &trigger_key)?;
    // Unknown triggers were refused just now.
    let _ = state.engine.cancel(&token.app, token.site, &trigger_key, entity);
    Ok(json!({}))
}

pub(super) fn bulk_cancel(
    state: &mut State,
    token: &Token,
    body: &mut Value,
) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let ids = fields.list(&body["externalEntityIds"], "externalEntityIds");
    let ids: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(index, id)| fields.required_guid(id, &format!("externalEntityIds[{index}]")))
        .collect();
    if !fields.violations.is_empty() {
        return Err(Failure::fields(&fields));
    }
    allowed(state, token, &trigger_key)?;
    let results = ids.into_iter().enumerate().map(|(index, id)| {
        let _ = state.engine.cancel(&token.app, token.site, &trigger_key, id);
        json!({ "itemMetadata": success(index), "externalEntityId": id })
    });
    let results: Vec<_> = results.collect();
    Ok(bulk(&trigger_key, &results))
}

//! Wix's calls, as its reference has them.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::http::header::AUTHORIZATION;
use serde_json::{Value, json};
use uuid::Uuid;

use super::Answer;
use super::request::{EventInfo, Fields, MAX_DEPTH, is_deeper};
use crate::assumption::Assumption;
use crate::engine::{Refusal, Report};
use crate::fault::{FailingItems, Strike, Struck};
use crate::state::{Shared, State, TOKEN_SECONDS, Token};
use crate::trigger::PayloadFault;
use crate::words::cut;

/// As much as a message shows of a key that no trigger has, in bytes.
const LONGEST_KEY: usize = 200;

/// One of the calls about events.
#[derive(Clone, Copy)]
pub(super) struct Call {
    name: &'static str,
    is_bulk: bool,
    /// What answers it, once its token is taken.
    answer: fn(&mut State, &Caller, &mut Value) -> Result<Value, Failure>,
}

pub(super) const REPORT: Call = Call { name: "report", is_bulk: false, answer: report };
pub(super) const BULK_REPORT: Call =
    Call { name: "bulk report", is_bulk: true, answer: bulk_report };
pub(super) const CANCEL: Call = Call { name: "cancel", is_bulk: false, answer: cancel };
pub(super) const BULK_CANCEL: Call =
    Call { name: "bulk cancel", is_bulk: true, answer: bulk_cancel };

/// Who calls.
struct Caller {
    token: Token,
    /// The items that a fault strikes.
    failing: Option<FailingItems>,
}

impl Caller {
    /// Which of so many items are to fail.
    fn failing(&self, count: usize) -> Vec<bool> {
        match &self.failing {
            Some(failing) => failing.among(count),
            None => vec![false; count],
        }
    }
}

/// An answer that is none of success.
pub(crate) struct Failure {
    pub(crate) status: u16,
    pub(crate) message: String,
    pub(crate) details: Value,
    /// In seconds.
    pub(super) retry_after: Option<i64>,
}

impl Failure {
    pub(crate) fn plain(status: u16, message: &str) -> Self {
        Self { status, message: message.to_owned(), details: json!({}), retry_after: None }
    }

    /// What a fault makes of a call.
    fn told(status: u16) -> Self {
        // So Wix answers where something is wrong with itself.
        let words = if status < 500 { "the emulator was told to answer so" } else { "" };
        Self::plain(status, words)
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
        Ok(token) => Answer {
            status: 200,
            retry_after: None,
            body: json!({
                "access_token": token, "token_type": "Bearer", "expires_in": TOKEN_SECONDS,
            }),
        },
        Err(error) => refused(400, "invalid_client", &error.to_string()),
    }
}

/// What becomes of a call.
pub(super) struct Answered {
    pub(super) result: Result<Value, Failure>,
    /// The fault that struck it.
    pub(super) strike: Option<Strike>,
}

/// Answers a call: first the fault that strikes it, then the token, then the limit, then what was
/// asked.
pub(super) fn answer(shared: &Shared, call: &Call, headers: &HeaderMap, body: &[u8]) -> Answered {
    let value = headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok());
    let text = body;
    let body = serde_json::from_slice::<Value>(body);
    shared.act(|state| {
        let trigger_key = body.as_ref().ok().and_then(|body| body["triggerKey"].as_str());
        let strike = state.faults.strike(Struck { trigger_key, is_bulk: call.is_bulk });
        let result = match &strike {
            Some(Strike::Status(status)) => Err(Failure::told(*status)),
            Some(Strike::CutBefore) => Err(Failure::plain(500, "the connection is cut")),
            _ => {
                if let (Some(Strike::ExpiredToken), Some(token)) = (&strike, value) {
                    state.expire(token.strip_prefix("Bearer ").unwrap_or(token));
                }
                let failing = match &strike {
                    Some(Strike::Items(items)) => Some(items.clone()),
                    _ => None,
                };
                accepted(state, call, value, failing, body)
            }
        };
        state.note_refused(call.name, value, text, &result, strike.as_ref());
        Answered { result, strike }
    })
}

fn accepted(
    state: &mut State,
    call: &Call,
    authorization: Option<&str>,
    failing: Option<FailingItems>,
    body: serde_json::Result<Value>,
) -> Result<Value, Failure> {
    let token = bearer(state, authorization)?;
    if !state.may_call(token.site) {
        let words = "there are too many calls a minute for this instance";
        let retry_after = state.retry_after(token.site);
        return Err(Failure { retry_after, ..Failure::plain(429, words) });
    }
    let mut body = body.map_err(|_| Failure::plain(400, "the body is no JSON"))?;
    if !body.is_object() {
        return Err(Failure::plain(400, "the body is no JSON object"));
    }
    (call.answer)(state, &Caller { token, failing }, &mut body)
}

fn bearer(state: &State, authorization: Option<&str>) -> Result<Token, Failure> {
    let bearer_is_refused = state.engine.assumptions.holds(Assumption::BearerIsRefused);
    let token = match authorization.map(|value| (value, value.strip_prefix("Bearer "))) {
        Some((_, Some(token))) if !bearer_is_refused => Some(token),
        Some((value, _)) => Some(value),
        None => None,
    };
    token.and_then(|token| state.bearer(token)).ok_or_else(|| {
        let words = match authorization {
            None => "there is no Authorization header",
            Some(value) if bearer_is_refused && value.starts_with("Bearer ") => {
                "the token stands behind `Bearer`"
            }
            Some(_) => "the token is none that was given, or has expired",
        };
        Failure::plain(401, words)
    })
}

/// Whether the app may name this trigger.
fn allowed(state: &State, token: &Token, trigger_key: &str) -> Result<(), Failure> {
    if state.engine.trigger(trigger_key).is_none() {
        let found = state.engine.assumptions.holds(Assumption::UnknownTriggersAreNotFound);
        let words = format!("no trigger has the key `{}`", cut(trigger_key, LONGEST_KEY));
        let error = json!({ "code": "TRIGGER_NOT_FOUND", "description": words });
        return Err(Failure::application(if found { 404 } else { 403 }, &error));
    }
    if !state.has_trigger(&token.app, trigger_key) {
        let words = format!("`{trigger_key}` is a trigger of another app");
        return Err(Failure::plain(403, &words));
    }
    Ok(())
}

/// Whether the fields are those of the reference, and the app may name the trigger.
fn may_go_on(
    state: &State,
    caller: &Caller,
    trigger_key: &str,
    fields: &Fields,
) -> Result<(), Failure> {
    if !fields.violations.is_empty() {
        return Err(Failure::fields(fields));
    }
    allowed(state, &caller.token, trigger_key)
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

fn report(state: &mut State, caller: &Caller, body: &mut Value) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let event = fields.event(body, "");
    may_go_on(state, caller, &trigger_key, &fields)?;
    match report_one(state, &caller.token, &trigger_key, event) {
        Ok(ids) if ids.is_empty() => Ok(json!({})),
        Ok(ids) => Ok(json!({ "activationIds": ids })),
        Err(Refusal::Payload(fault)) => {
            let (status, error) = application_error(state, &fault);
            Err(Failure::application(status, &error))
        }
        Err(Refusal::UnknownTrigger) => Err(Failure::plain(404, "there is no such trigger")),
    }
}

fn bulk_report(state: &mut State, caller: &Caller, body: &mut Value) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let mut items = body["eventsInfo"].take();
    let is_list = !fields.list(&items, "eventsInfo").is_empty();
    let items = items.as_array_mut().filter(|_| is_list).map(std::mem::take).unwrap_or_default();
    let refuse_all = state.engine.assumptions.holds(Assumption::MalformedItemsRefuseAll);
    let events: Vec<_> = items
        .into_iter()
        .enumerate()
        .map(|(index, mut item)| {
            let (info, mut own) = (echo(&item), Fields::default());
            let event = own.event(&mut item, &format!("eventsInfo[{index}]."));
            let is_told = own.violations.is_empty() || !is_deeper(&info, MAX_DEPTH + 1);
            // What reads JSON reads no answer that is deeper than its question was.
            let info = if is_told { info } else { Value::Null };
            if refuse_all {
                fields.violations.append(&mut own.violations);
            }
            (info, event, own)
        })
        .collect();
    may_go_on(state, caller, &trigger_key, &fields)?;
    let mut results = Vec::new();
    let failing = caller.failing(events.len());
    for (index, (info, event, own)) in events.into_iter().enumerate() {
        if failing[index] {
            results.push(
                json!({ "itemMetadata": failure(index, &told_to_fail()), "eventInfo": info }),
            );
            continue;
        }
        if !own.violations.is_empty() {
            let Failure { message, details, .. } = Failure::fields(&own);
            let error = json!({
                "code": "INVALID_ARGUMENT", "description": message, "data": details,
            });
            results.push(json!({ "itemMetadata": failure(index, &error), "eventInfo": info }));
            continue;
        }
        results.push(match report_one(state, &caller.token, &trigger_key, event) {
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

fn told_to_fail() -> Value {
    json!({ "code": "INTERNAL", "description": "the emulator was told to fail it" })
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

fn cancel(state: &mut State, caller: &Caller, body: &mut Value) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let entity = fields.required_guid(&body["externalEntityId"], "externalEntityId");
    may_go_on(state, caller, &trigger_key, &fields)?;
    // Unknown triggers were refused just now.
    let _ = state.engine.cancel(&caller.token.app, caller.token.site, &trigger_key, entity);
    Ok(json!({}))
}

fn bulk_cancel(state: &mut State, caller: &Caller, body: &mut Value) -> Result<Value, Failure> {
    let mut fields = Fields::default();
    let trigger_key = fields.trigger_key(body);
    let ids = fields.list(&body["externalEntityIds"], "externalEntityIds");
    let ids: Vec<_> = ids
        .iter()
        .enumerate()
        .map(|(index, id)| fields.required_guid(id, &format!("externalEntityIds[{index}]")))
        .collect();
    may_go_on(state, caller, &trigger_key, &fields)?;
    let failing = caller.failing(ids.len());
    let results = ids.into_iter().zip(failing).enumerate().map(|(index, (id, fails))| {
        if fails {
            let metadata = failure(index, &told_to_fail());
            return json!({ "itemMetadata": metadata, "externalEntityId": id });
        }
        let _ = state.engine.cancel(&caller.token.app, caller.token.site, &trigger_key, id);
        json!({ "itemMetadata": success(index), "externalEntityId": id })
    });
    let results: Vec<_> = results.collect();
    Ok(bulk(&trigger_key, &results))
}

//! What goes over the wire, but for the payload.

use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::error::FieldViolation;
use super::idempotency::IdempotencyKey;

pub(super) const TOKEN: &str = "/oauth2/token";
pub(super) const REPORT: &str = "/automations/v1/events/report";
pub(super) const CANCEL: &str = "/automations/v1/events/cancel";

/// The body of a report around a payload that is written already.
pub(super) fn report(
    trigger_key: &str,
    payload: &[u8],
    entity: Option<Uuid>,
    key: &IdempotencyKey,
    ttl: Option<Duration>,
) -> Vec<u8> {
    let mut body = Vec::with_capacity(payload.len() + 256);
    body.extend(b"{\"triggerKey\":");
    text(&mut body, trigger_key);
    body.extend(b",\"payload\":");
    body.extend(payload);
    if let Some(entity) = entity {
        body.extend(b",\"externalEntityId\":");
        text(&mut body, &entity.to_string());
    }
    body.extend(b",\"idempotency\":{\"key\":");
    text(&mut body, key.as_str());
    if let Some(ttl) = ttl {
        // An int64 of protobuf is a string in JSON.
        body.extend(b",\"ttlInMilliseconds\":");
        text(&mut body, &ttl.as_millis().to_string());
    }
    body.extend(b"}}");
    body
}

/// The body of a cancel.
pub(super) fn cancel(trigger_key: &str, entity: Uuid) -> Vec<u8> {
    let mut body = Vec::with_capacity(128);
    body.extend(b"{\"triggerKey\":");
    text(&mut body, trigger_key);
    body.extend(b",\"externalEntityId\":");
    text(&mut body, &entity.to_string());
    body.push(b'}');
    body
}

fn text(body: &mut Vec<u8>, text: &str) {
    // A vector takes all bytes, and a text is always JSON.
    let _ = serde_json::to_writer(body, text);
}

/// The answer of a report.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Reported {
    pub(super) activation_ids: Vec<String>,
}

/// The answer of the token call.
#[derive(Deserialize)]
pub(super) struct Token {
    pub(super) access_token: String,
    /// Seconds.
    #[serde(default)]
    pub(super) expires_in: u64,
}

/// The body of an error, as much of it as there is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Failure {
    pub(super) details: Details,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Details {
    pub(super) application_error: Option<ApplicationError>,
    pub(super) validation_error: Option<ValidationError>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct ApplicationError {
    pub(super) code: String,
    pub(super) description: String,
    pub(super) data: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ValidationError {
    pub(super) field_violations: Vec<FieldViolation>,
}

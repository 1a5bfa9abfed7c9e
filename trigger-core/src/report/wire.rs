//! What goes over the wire, but for the payload.

use std::ops::Range;
use std::time::Duration;

use serde::Deserialize;
use serde_json::Value;
use uuid::Uuid;

use super::error::FieldViolation;
use super::idempotency::IdempotencyKey;
use crate::payload::PayloadError;
use crate::{Trigger, payload};

pub(super) const TOKEN: &str = "/oauth2/token";
pub(super) const REPORT: &str = "/automations/v1/events/report";
pub(super) const CANCEL: &str = "/automations/v1/events/cancel";

/// What is reported beside the event.
pub(super) struct Beside<'r> {
    pub(super) entity: Option<Uuid>,
    pub(super) key: &'r IdempotencyKey,
    pub(super) ttl: Option<Duration>,
}

/// The body of a report, and where the payload stands in it.
pub(super) fn report<T: Trigger>(
    event: &T,
    beside: &Beside<'_>,
) -> Result<(Vec<u8>, Range<usize>), PayloadError> {
    let mut body = Vec::with_capacity(256);
    body.extend(b"{\"triggerKey\":");
    text(&mut body, T::SPEC.key());
    body.push(b',');
    let payload = self::event(&mut body, event, beside)?;
    body.push(b'}');
    Ok((body, payload))
}

/// The members that tell of one event, and where its payload stands.
fn event<T: Trigger>(
    body: &mut Vec<u8>,
    event: &T,
    beside: &Beside<'_>,
) -> Result<Range<usize>, PayloadError> {
    body.extend(b"\"payload\":");
    let start = body.len();
    payload::append(event, body)?;
    let payload = start..body.len();
    if let Some(entity) = beside.entity {
        body.extend(b",\"externalEntityId\":");
        uuid(body, entity);
    }
    body.extend(b",\"idempotency\":{\"key\":");
    text(body, beside.key.as_str());
    if let Some(ttl) = beside.ttl {
        // An int64 of protobuf is a string in JSON.
        body.extend(b",\"ttlInMilliseconds\":");
        text(body, &ttl.as_millis().to_string());
    }
    body.push(b'}');
    Ok(payload)
}

fn uuid(body: &mut Vec<u8>, id: Uuid) {
    let mut buffer = Uuid::encode_buffer();
    text(body, id.hyphenated().encode_lower(&mut buffer));
}

/// The body of a cancel.
pub(super) fn cancel(trigger_key: &str, entity: Uuid) -> Vec<u8> {
    let mut body = Vec::with_capacity(128);
    body.extend(b"{\"triggerKey\":");
    text(&mut body, trigger_key);
    body.extend(b",\"externalEntityId\":");
    uuid(&mut body, entity);
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

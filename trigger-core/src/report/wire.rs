//! What goes over the wire, but for the payload.

use std::ops::Range;
use std::time::Duration;

use serde::{Deserialize, Deserializer};
use serde_json::Value;
use uuid::Uuid;

use super::error::FieldViolation;
use super::idempotency::IdempotencyKey;
use crate::payload::PayloadError;
use crate::{Trigger, payload};

pub(super) const TOKEN: &str = "/oauth2/token";
pub(super) const REPORT: &str = "/automations/v1/events/report";
pub(super) const CANCEL: &str = "/automations/v1/events/cancel";
pub(super) const BULK_REPORT: &str = "/automations/v1/events/bulk-report";
pub(super) const BULK_CANCEL: &str = "/automations/v1/events/bulk-cancel";

/// An int64, in milliseconds.
const LONGEST_TTL: u128 = i64::MAX as u128;

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
        text(body, &ttl.as_millis().min(LONGEST_TTL).to_string());
    }
    body.push(b'}');
    Ok(payload)
}

fn uuid(body: &mut Vec<u8>, id: Uuid) {
    let mut buffer = Uuid::encode_buffer();
    text(body, id.hyphenated().encode_lower(&mut buffer));
}

/// One of the events of a bulk report, and where its payload stands.
pub(super) fn bulk_event<T: Trigger>(
    event: &T,
    beside: &Beside<'_>,
) -> Result<(Vec<u8>, Range<usize>), PayloadError> {
    let mut info = Vec::with_capacity(256);
    info.push(b'{');
    let payload = self::event(&mut info, event, beside)?;
    info.push(b'}');
    Ok((info, payload))
}

/// One of the ids of a bulk cancel.
pub(super) fn bulk_id(entity: Uuid) -> Vec<u8> {
    let mut id = Vec::with_capacity(38);
    uuid(&mut id, entity);
    id
}

/// The body of a bulk call: the list of this name, of items that are written already.
pub(super) fn bulk<'i>(
    trigger_key: &str,
    list: &str,
    items: impl Iterator<Item = &'i [u8]> + Clone,
) -> Vec<u8> {
    let length: usize = items.clone().map(|item| item.len() + 1).sum();
    let mut body = Vec::with_capacity(length + 128);
    body.extend(b"{\"triggerKey\":");
    text(&mut body, trigger_key);
    body.push(b',');
    text(&mut body, list);
    body.extend(b":[");
    for (position, item) in items.enumerate() {
        if position > 0 {
            body.push(b',');
        }
        body.extend(item);
    }
    body.extend(b"]}");
    body
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
    #[serde(deserialize_with = "or_default")]
    pub(super) activation_ids: Vec<String>,
}

/// The answer of a bulk call. Its totals say nothing that the results do not.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Bulk {
    #[serde(deserialize_with = "or_default")]
    pub(super) results: Vec<BulkResult>,
}

/// What became of one item of a bulk call.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct BulkResult {
    pub(super) item_metadata: ItemMetadata,
    #[serde(deserialize_with = "or_default")]
    pub(super) activation_ids: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ItemMetadata {
    pub(super) original_index: Option<i64>,
    pub(super) success: bool,
    pub(super) error: Option<ApplicationError>,
}

impl ItemMetadata {
    /// The item that this is about, of a result at this position of the list.
    ///
    /// JSON that is made of protobuf may leave a zero out. That is believed of the first result
    /// alone: elsewhere a success could go to an item that failed.
    pub(super) fn index(&self, position: usize) -> Option<usize> {
        match self.original_index {
            Some(index) => usize::try_from(index).ok(),
            None => (position == 0).then_some(0),
        }
    }
}

/// The answer of the token call.
#[derive(Deserialize)]
pub(super) struct Token {
    pub(super) access_token: String,
    /// Seconds.
    pub(super) expires_in: Option<u64>,
}

/// The body of an error, as much of it as there is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Failure {
    #[serde(deserialize_with = "or_default")]
    message: String,
    #[serde(deserialize_with = "or_default")]
    pub(super) details: Details,
    /// What a call for a token says instead (RFC 6749).
    #[serde(deserialize_with = "or_default")]
    error: String,
    #[serde(deserialize_with = "or_default")]
    error_description: String,
}

/// How much of Wix's words an error has, in characters.
const MOST_WORDS: usize = 500;

impl Failure {
    /// Wix's words.
    pub(super) fn reason(&self) -> String {
        let words = match &self.details.application_error {
            Some(error) => [error.code.as_str(), &error.description],
            None if self.message.is_empty() => [self.error.as_str(), &self.error_description],
            None => [self.message.as_str(), ""],
        };
        let words = words.into_iter().filter(|words| !words.is_empty()).collect::<Vec<_>>();
        words.join(", ").chars().take(MOST_WORDS).collect()
    }
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
    #[serde(deserialize_with = "or_default")]
    pub(super) code: String,
    #[serde(deserialize_with = "or_default")]
    pub(super) description: String,
    pub(super) data: Option<Value>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct ValidationError {
    #[serde(deserialize_with = "or_default")]
    pub(super) field_violations: Vec<FieldViolation>,
}

/// Reads `null` as what is not there.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Default + Deserialize<'de>,
{
    Ok(Option::deserialize(deserializer)?.unwrap_or_default())
}

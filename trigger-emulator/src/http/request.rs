//! The fields of a request, held to what Wix's reference says of them.

use jiff::SignedDuration;
use serde_json::{Value, json};
use trigger_dialect::Format;
use uuid::Uuid;

use crate::engine::Idempotency;

/// The longest idempotency key, in characters.
const MAX_KEY: usize = 80;

/// The most items of a bulk call.
const MAX_ITEMS: usize = 100;

/// How deep a payload may be nested. What Wix takes is not public; a reader of JSON takes 127, of
/// which a saved state or a history needs some for itself.
pub(crate) const MAX_DEPTH: usize = 100;

/// What is wrong with a field. The names of the rules are a guess after Wix's other services.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Violation {
    field: String,
    description: String,
    rule: &'static str,
}

impl Violation {
    fn new(field: &str, rule: &'static str, description: &str) -> Self {
        Self { field: field.to_owned(), description: description.to_owned(), rule }
    }

    pub(super) fn json(&self) -> Value {
        let Self { field, description, rule } = self;
        json!({ "field": field, "description": description, "violatedRule": rule })
    }
}

/// A GUID as the dialect has it, with its four hyphens.
pub(crate) fn guid(text: &str) -> Option<Uuid> {
    if Format::Uuid.fits(text) { Uuid::try_parse(text).ok() } else { None }
}

/// Whether a value is nested deeper than so many levels.
pub(crate) fn is_deeper(value: &Value, depth: usize) -> bool {
    let is_inner_deeper =
        |inner: &Value| depth.checked_sub(1).is_none_or(|depth| is_deeper(inner, depth));
    match value {
        Value::Array(list) => list.iter().any(is_inner_deeper),
        Value::Object(map) => map.values().any(is_inner_deeper),
        _ => false,
    }
}

/// An event as a report or an item of a bulk report has it.
pub(super) struct EventInfo {
    pub(super) payload: Value,
    pub(super) entity: Option<Uuid>,
    pub(super) idempotency: Option<Idempotency>,
}

/// Reads fields, and collects what is wrong with them.
#[derive(Default)]
pub(super) struct Fields {
    pub(super) violations: Vec<Violation>,
}

impl Fields {
    fn violated(&mut self, field: &str, rule: &'static str, description: &str) {
        self.violations.push(Violation::new(field, rule, description));
    }

    pub(super) fn trigger_key(&mut self, body: &Value) -> String {
        match body["triggerKey"].as_str() {
            Some(key) if !key.is_empty() => return key.to_owned(),
            Some(_) => self.violated("triggerKey", "MIN_LENGTH", "must not be empty"),
            None => self.violated("triggerKey", "REQUIRED_FIELD", "must be a string"),
        }
        String::new()
    }

    /// A GUID, if there is one.
    pub(super) fn guid(&mut self, value: &Value, field: &str) -> Option<Uuid> {
        if value.is_null() {
            return None;
        }
        let id = value.as_str().and_then(guid);
        if id.is_none() {
            self.violated(field, "FORMAT", "must be a GUID");
        }
        id
    }

    pub(super) fn required_guid(&mut self, value: &Value, field: &str) -> Uuid {
        if value.is_null() {
            self.violated(field, "REQUIRED_FIELD", "must be a GUID");
        }
        self.guid(value, field).unwrap_or_default()
    }

    /// A list of 1 to 100 items.
    pub(super) fn list<'v>(&mut self, value: &'v Value, field: &str) -> &'v [Value] {
        let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
        if items.is_empty() {
            self.violated(field, "MIN_SIZE", "must have at least 1 item");
        } else if items.len() > MAX_ITEMS {
            self.violated(field, "MAX_SIZE", "must have at most 100 items");
            // Two million have room in a body: nobody is told what is wrong with each.
            return &[];
        }
        items
    }

    pub(super) fn event(&mut self, value: &mut Value, place: &str) -> EventInfo {
        if !value.is_object() {
            self.violated(place.trim_end_matches('.'), "FORMAT", "must be an object");
            return EventInfo { payload: json!({}), entity: None, idempotency: None };
        }
        let named = |name: &str| format!("{place}{name}");
        let payload = match value.get_mut("payload").map(Value::take) {
            None | Some(Value::Null) => json!({}),
            Some(payload) => payload,
        };
        if !payload.is_object() {
            self.violated(&named("payload"), "FORMAT", "must be an object");
        } else if is_deeper(&payload, MAX_DEPTH) {
            let words = "must be nested at most 100 deep, so that a state can be read again";
            self.violated(&named("payload"), "MAX_DEPTH", words);
        }
        let entity = self.guid(&value["externalEntityId"], &named("externalEntityId"));
        let idempotency = self.idempotency(&value["idempotency"], &named("idempotency"));
        EventInfo { payload, entity, idempotency }
    }

    fn idempotency(&mut self, value: &Value, field: &str) -> Option<Idempotency> {
        if value.is_null() {
            return None;
        }
        let key = value["key"].as_str().unwrap_or_default();
        let rule = match key.chars().count() {
            0 => Some("MIN_LENGTH"),
            1..=MAX_KEY => None,
            _ => Some("MAX_LENGTH"),
        };
        if let Some(rule) = rule {
            self.violated(&format!("{field}.key"), rule, "must have 1 to 80 characters");
        }
        // An int64 of protobuf is a string in JSON; a number is read as well.
        let ttl = &value["ttlInMilliseconds"];
        let milliseconds = ttl.as_i64().or_else(|| ttl.as_str()?.parse().ok());
        if !ttl.is_null() && milliseconds.is_none_or(|milliseconds| milliseconds < 1) {
            self.violated(&format!("{field}.ttlInMilliseconds"), "MIN", "must be at least 1");
        }
        let ttl = milliseconds.map(SignedDuration::from_millis);
        Some(Idempotency { key: key.to_owned(), ttl })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A body of 4 MB has two million items: no answer tells of each.
    #[test]
    fn no_item_of_too_many_is_looked_at() {
        let mut fields = Fields::default();
        let many = json!(vec![0; MAX_ITEMS + 1]);
        assert_eq!(fields.list(&many, "items"), [] as [Value; 0]);
        assert_eq!(
            fields.violations,
            [Violation::new("items", "MAX_SIZE", "must have at most 100 items")]
        );
        assert_eq!(fields.list(&json!([1]), "items"), [json!(1)]);
    }

    /// A saved state has the payload inside more brackets, and is to be read again.
    #[test]
    fn a_payload_is_nested_no_deeper_than_a_state_can_be_read() {
        let nested = |depth| (0..depth).fold(json!(1), |inner, _| json!({ "a": inner }));
        for (depth, count) in [(MAX_DEPTH, 0), (MAX_DEPTH + 1, 1)] {
            let mut fields = Fields::default();
            fields.event(&mut json!({ "payload": nested(depth) }), "");
            assert_eq!(fields.violations.len(), count, "{:?}", fields.violations);
        }
    }
}

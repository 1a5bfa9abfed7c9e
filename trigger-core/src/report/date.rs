//! The date-time of a scheduled event, in a payload that is written.

use std::fmt;
use std::time::SystemTime;

use jiff::Timestamp;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use tracing::warn;

use super::app::Instance;
use super::error::CallError;
use crate::Trigger;

/// Whether the date-time of a scheduled event has passed, if that is no error for this app.
pub(super) fn judge<T: Trigger>(instance: &Instance, payload: &[u8]) -> Result<bool, CallError> {
    let Some(property) = T::SPEC.scheduled_at() else { return Ok(false) };
    let date = in_payload(payload, property);
    let now = (instance.app.shared.now)();
    let Some(date) = date.filter(|date| SystemTime::from(*date) < now) else { return Ok(false) };
    if instance.app.shared.refuses_past_dates {
        return Err(CallError::PastDate { property, date: date.to_string() });
    }
    warn!(trigger = T::SPEC.key(), property, "a scheduled event is reported too late");
    Ok(true)
}

/// The date-time that is the property of this name; `None` where it cannot be read, which is for
/// Wix to say.
fn in_payload(payload: &[u8], property: &str) -> Option<Timestamp> {
    let mut deserializer = serde_json::Deserializer::from_slice(payload);
    Property(property).deserialize(&mut deserializer).ok()?
}

struct Property<'p>(&'p str);

impl<'de> DeserializeSeed<'de> for Property<'_> {
    type Value = Option<Timestamp>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Property<'_> {
    type Value = Option<Timestamp>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a payload")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut found = None;
        while let Some(name) = members.next_key::<&str>()? {
            if name == self.0 {
                found = members.next_value::<&str>()?.parse().ok();
            } else {
                let IgnoredAny = members.next_value()?;
            }
        }
        Ok(found)
    }
}

#[cfg(test)]
mod tests {
    use super::in_payload;

    #[test]
    fn the_date_is_found_among_other_properties() {
        let payload =
            br#"{"a":{"at":"2020-01-01T00:00:00Z"},"at":"2026-01-15T10:30:00+01:00","b":[1]}"#;
        let date = in_payload(payload, "at").expect("a date");
        assert_eq!(date.to_string(), "2026-01-15T09:30:00Z");
        for other in [&br#"{"b":1}"#[..], br#"{"at":"soon"}"#, br#"{"at":5}"#, b"[]", b""] {
            assert_eq!(in_payload(other, "at"), None);
        }
    }
}

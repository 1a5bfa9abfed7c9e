//! The one writer of payloads.
//!
//! [`to_vec`] is what everything that sends, checks or tests a payload goes through. In one
//! pass, without a `serde_json::Value` in between, it
//!
//! - leaves out what is `None`, on both levels: Wix's types are not nullable, and serde alone
//!   writes `null`;
//! - holds what serde writes to the trigger's schema, and refuses, with the property's path,
//!   what the schema cannot hold: NaN and infinities, integers beyond 2^53 (a payload travels as
//!   a protobuf `Struct`, whose numbers are doubles), years outside 0 to 9999, a string that does
//!   not fit its `format`, `None` inside a `Vec`.
//!
//! Strings are held to `uuid`, `date-time`, `date`, `time`, `email`, `hostname`, `ipv4`, `ipv6`,
//! `uri`, `uri-reference`, `json-pointer` and `number`. Nothing here reads `idn-email`,
//! `idn-hostname`, `iri`, `iri-reference`, `uri-template`, `relative-json-pointer` and `regex`, so
//! every string passes for those.
//!
//! Wix's own word on most of this would come late: a payload that breaks its schema is refused,
//! or does not activate the automations.

mod error;
mod object;
mod value;

pub use error::{PayloadError, PayloadProblem};

use crate::Trigger;
use value::ValueWriter;

/// Writes the event as the JSON payload that is reported.
///
/// # Errors
///
/// [`PayloadError`] if the schema cannot hold a value; it names the property.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::{Trigger, payload};
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "temperature_measured")]
/// struct TemperatureMeasured {
///     degrees: f64,
///     #[trigger(example = "Kitchen")]
///     room: Option<String>,
/// }
///
/// let measured = TemperatureMeasured { degrees: 21.5, room: None };
/// assert_eq!(payload::to_vec(&measured)?, br#"{"degrees":21.5}"#);
///
/// let broken = TemperatureMeasured { degrees: f64::NAN, room: None };
/// let error = payload::to_vec(&broken).unwrap_err();
/// assert_eq!(error.to_string(), "property `degrees`: NaN and infinities are no JSON numbers");
/// # Ok::<(), payload::PayloadError>(())
/// ```
pub fn to_vec<T: Trigger + ?Sized>(event: &T) -> Result<Vec<u8>, PayloadError> {
    // As much as `serde_json::to_vec` starts with.
    let mut out = Vec::with_capacity(128);
    append(event, &mut out)?;
    Ok(out)
}

/// Writes it behind what is there.
pub(crate) fn append<T: Trigger + ?Sized>(
    event: &T,
    out: &mut Vec<u8>,
) -> Result<(), PayloadError> {
    event.serialize_payload(ValueWriter::root(out, T::SPEC))
}

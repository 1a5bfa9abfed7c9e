use serde::{Serialize, Serializer};
use time::OffsetDateTime;

use crate::property::{Property, shape};
use crate::schema::{Format, TypeSpec};

/// A `time::OffsetDateTime` that serde writes as a date-time of RFC 3339.
///
/// By itself an `OffsetDateTime` is written as an array. Where `#[serde(with =
/// "time::serde::rfc3339")]` stands on a field, this is not needed; without it, this is what
/// `scheduled_at` may name and what stands inside an `Option`.
///
/// What RFC 3339 cannot say is refused when a payload is written: years outside 0 to 9999, and
/// offsets with seconds or of a day and more.
///
/// ```
/// use serde::Serialize;
/// use time::OffsetDateTime;
/// use trigger_core::types::Rfc3339;
/// use trigger_core::{Trigger, payload};
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "invoice_due", scheduled_at = due_at)]
/// struct InvoiceDue {
///     due_at: Rfc3339,
///     reminded_at: Option<Rfc3339>,
/// }
///
/// let event = InvoiceDue { due_at: OffsetDateTime::UNIX_EPOCH.into(), reminded_at: None };
/// assert_eq!(payload::to_vec(&event)?, br#"{"due_at":"1970-01-01T00:00:00Z"}"#);
/// # Ok::<(), payload::PayloadError>(())
/// ```
///
/// An `OffsetDateTime` alone is a compile error at the field:
///
/// ```text
/// error[E0277]: [T022] serde writes `OffsetDateTime` as an array of numbers, not as a date-time of RFC 3339
///   |     due_at: OffsetDateTime,
///   |             ^^^^^^^^^^^^^^ add `#[serde(with = "time::serde::rfc3339")]`, or use `trigger_core::types::Rfc3339`
/// ```
///
/// ```compile_fail,E0277
/// # use time::OffsetDateTime;
/// #[derive(serde::Serialize, trigger_core::Trigger)]
/// #[trigger(key = "invoice_due")]
/// struct InvoiceDue {
///     due_at: OffsetDateTime,
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Rfc3339(pub OffsetDateTime);

impl Serialize for Rfc3339 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        time::serde::rfc3339::serialize(&self.0, serializer)
    }
}

impl From<OffsetDateTime> for Rfc3339 {
    fn from(at: OffsetDateTime) -> Self {
        Self(at)
    }
}

impl From<Rfc3339> for OffsetDateTime {
    fn from(at: Rfc3339) -> Self {
        at.0
    }
}

#[diagnostic::do_not_recommend]
impl Property for Rfc3339 {
    type Shape = shape::DateTime;
    const TYPE: &'static TypeSpec = &TypeSpec {
        sample: Some(|| serde_json::to_string(&Rfc3339(OffsetDateTime::UNIX_EPOCH))),
        ..TypeSpec::formatted(Format::DateTime)
    };
}

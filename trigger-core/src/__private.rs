//! What the derive's output leans on, and nobody else.

pub use uuid::Uuid;

use crate::property::Property;
use crate::schema::{JsonType, Row, Sample, TriggerSpec};
use crate::trigger::{Cancelable, Trigger};

pub use crate::property::shape;
pub use crate::registry::TRIGGERS;
pub use crate::schema::{AtDate, Format, Literal, RealTime, TriggerOutline, TypeSpec, rows};
pub use check::{literal_fits, names_differ};
pub use trigger_dialect::Outline;

mod check;
pub mod known;
pub mod place;

/// The type of the field that events are canceled by, or none.
#[diagnostic::on_unimplemented(
    message = "[T032] `entity_id` names a required UUID",
    label = "this is no `uuid::Uuid` or newtype of it, or may be absent"
)]
pub trait EntityIdField {}

#[diagnostic::do_not_recommend]
impl<T: Property<Shape: shape::EntityId>> EntityIdField for T {}

/// What stands for the field where there is none.
pub enum NoEntityId {}

#[diagnostic::do_not_recommend]
impl EntityIdField for NoEntityId {}

/// A trigger whose events are canceled by an id of type `I`.
#[diagnostic::on_unimplemented(
    message = "[T033] the events of `{Self}` cannot be canceled by a `{I}`",
    label = "this trigger has no `entity_id`, or one of another type",
    note = "a trigger with an `entity_id` cancels triggers whose `entity_id` has the same type"
)]
pub trait CanceledBy<I>: Cancelable {}

#[diagnostic::do_not_recommend]
impl<I, T: Cancelable<EntityId = I>> CanceledBy<I> for T {}

/// The triggers that one with an entity id of its own cancels.
#[must_use]
pub const fn cancels<T: CanceledBy<I>, I>() -> fn() -> &'static TriggerSpec {
    || T::SPEC
}

/// The trigger's description, for whoever asks; naming the function evaluates nothing.
#[must_use]
pub fn spec<T: Trigger>() -> &'static TriggerSpec {
    T::SPEC
}

/// The triggers that one without an entity id cancels.
#[must_use]
pub const fn cancels_any<T: Cancelable>() -> fn() -> &'static TriggerSpec {
    || T::SPEC
}

/// What `time::serde::rfc3339` writes.
#[cfg(feature = "time")]
pub const RFC3339: TypeSpec = *crate::types::Rfc3339::TYPE;
/// What `time::serde::rfc3339` writes.
#[cfg(not(feature = "time"))]
pub const RFC3339: TypeSpec = TypeSpec::formatted(Format::DateTime);
/// What `time::serde::rfc3339::option` writes.
pub const RFC3339_OPTION: TypeSpec = TypeSpec { optional: true, ..RFC3339 };
/// What stands for a `with` module that the derive refused.
pub const REFUSED: TypeSpec = TypeSpec::new(JsonType::String);
/// What `rust_decimal::serde::str` writes.
pub const DECIMAL: TypeSpec =
    TypeSpec { sample: DECIMAL_SAMPLE, ..TypeSpec::formatted(Format::Number) };
#[cfg(feature = "rust_decimal")]
const DECIMAL_SAMPLE: Option<Sample> = Some(|| {
    #[derive(serde::Serialize)]
    #[serde(transparent)]
    struct Text(#[serde(with = "rust_decimal::serde::str")] rust_decimal::Decimal);
    serde_json::to_string(&Text(rust_decimal::Decimal::new(12_050, 2)))
});
/// Without the crate there is no value of it to write.
#[cfg(not(feature = "rust_decimal"))]
const DECIMAL_SAMPLE: Option<Sample> = None;
/// What `rust_decimal::serde::str_option` writes.
pub const DECIMAL_OPTION: TypeSpec = TypeSpec { optional: true, ..DECIMAL };
/// A nested object.
pub const OBJECT: TypeSpec = TypeSpec::new(JsonType::Object);
/// A string with a choice of values.
pub const ENUM: TypeSpec = TypeSpec::new(JsonType::String);

/// A newtype's type: its inner one, with what stands on its field.
#[must_use]
pub const fn newtype(
    inner: &TypeSpec,
    format: Option<Format>,
    example: Option<Literal>,
) -> TypeSpec {
    TypeSpec {
        // A string of one's own may be anything.
        loose: format.is_some() || inner.loose,
        format: match format {
            Some(format) => Some(format),
            None => inner.format,
        },
        example: match example {
            Some(example) => Some(example),
            None => inner.example,
        },
        ..*inner
    }
}

/// The rows of the trigger `T`, for the checks.
#[must_use]
pub const fn rows_of<T: Trigger + ?Sized>() -> &'static [Row] {
    T::SPEC.rows
}

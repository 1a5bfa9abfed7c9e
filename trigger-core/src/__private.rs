//! What the derive's output leans on, and nobody else.

use std::marker::PhantomData;

use serde::{Serialize, Serializer};
pub use uuid::Uuid;

use crate::schema::{JsonType, Sample, TriggerSpec};
use crate::trigger::{Cancelable, Trigger};
use answer::Answer;

pub use crate::property::shape;
pub use crate::registry::TRIGGERS;
pub use crate::schema::{
    AtDate, Format, Literal, RealTime, TriggerOutline, TypeSpec, WithCancels, rows,
};
pub use check::{
    choice_fits, items_fit, literal_fits, names_differ, payload_default_fits, payload_fits,
};
pub use trigger_dialect::Outline;

pub mod answer;
mod check;
pub mod known;
pub mod place;
mod words;

/// A type that serde writes.
///
/// No supertrait tells it: the compiler would ask for that by itself, and answer a forgotten derive
/// with a list of all that `Serialize` is implemented for.
#[diagnostic::on_unimplemented(
    message = "[T053] serde writes the payload of a trigger, and `{Self}` does not derive `serde::Serialize`",
    label = "add `#[derive(serde::Serialize)]`"
)]
pub trait DerivesSerialize {
    /// What serde's own method does.
    fn serialize_payload<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error>;
}

#[diagnostic::do_not_recommend]
impl<T: Serialize + ?Sized> DerivesSerialize for T {
    fn serialize_payload<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.serialize(serializer)
    }
}

/// A field of type `I` is what events are canceled by.
pub struct EntityIdField<I>(PhantomData<I>);

/// No field is.
pub enum NoEntityId {}

/// A trigger whose events are canceled by an id of type `I`, if both of the ids are right.
#[diagnostic::on_unimplemented(
    message = "[T033] the events of `{Self}` cannot be canceled by a `{I}`",
    label = "this is no trigger with an `entity_id` of that type",
    note = "a trigger with an `entity_id` cancels triggers whose `entity_id` has the same Rust type"
)]
pub trait CanceledBy<I, A> {
    const CANCELED: fn() -> &'static TriggerSpec;
}

#[diagnostic::do_not_recommend]
impl<I, T: Cancelable<EntityId = I>> CanceledBy<I, Answer<true>> for T {
    const CANCELED: fn() -> &'static TriggerSpec = spec::<T>;
}

#[diagnostic::do_not_recommend]
impl<I, T: Cancelable> CanceledBy<I, Answer<false>> for T {
    const CANCELED: fn() -> &'static TriggerSpec = spec::<T>;
}

/// A trigger whose events are canceled by ids that the caller names.
#[diagnostic::on_unimplemented(
    message = "[T033] the events of `{Self}` cannot be canceled",
    label = "this is no trigger with an `entity_id`",
    note = "where it derives `Trigger`, name its UUID with `#[trigger(entity_id = field)]`"
)]
pub trait CanceledByAny {
    const CANCELED: fn() -> &'static TriggerSpec;
}

#[diagnostic::do_not_recommend]
impl<T: Cancelable> CanceledByAny for T {
    const CANCELED: fn() -> &'static TriggerSpec = spec::<T>;
}

/// The trigger's description, for whoever asks; naming the function evaluates nothing.
#[must_use]
pub fn spec<T: Trigger>() -> &'static TriggerSpec {
    T::SPEC
}

/// What `time::serde::rfc3339` writes.
#[cfg(feature = "time")]
pub const RFC3339: TypeSpec = *<crate::types::Rfc3339 as crate::Property>::TYPE;
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
/// What is told to be wrong already: an object without properties, which is otherwise none.
pub const UNKNOWN: TypeSpec = OBJECT;
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

/// What the derive wrote of the trigger `T`, for the checks.
#[must_use]
pub const fn outline_of<T: Trigger + ?Sized>() -> Outline<'static> {
    Outline { text: T::OUTLINE.text, parts: T::OUTLINE.parts }
}

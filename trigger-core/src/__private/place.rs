//! One trait for each place of a field.
//!
//! Each holds for the types that fit the place. The derive names a type's constant through the
//! trait of the field's place, so that the compiler's error points at the type. `AT` is the number
//! of the field, see [`shape`].

use uuid::Uuid;

use crate::property::{Property as AnyProperty, shape};
use crate::schema::TypeSpec;

/// A property, perhaps inside of an `Option`, a `Vec` or the like. What is none is named by itself,
/// and without a list of all that is one.
#[diagnostic::on_unimplemented(
    message = "[T022] `{Self}` cannot be a property of a payload schema",
    label = "`{Self}` is not a string, number, integer, boolean, array of objects or object of Wix's dialect",
    note = "derive `trigger_core::Property` for your own structs, enums of unit variants and newtypes, but not for a trigger; `trigger_core::Property` lists the other types",
    note = "a type of another crate needs the feature of `trigger-core` that is called as the crate is, such as `jiff`"
)]
pub trait IsProperty {
    type Shape;
    const TYPE: &'static TypeSpec;

    /// See [`AnyProperty::uuid`].
    fn uuid(&self) -> Option<Uuid>;
}

#[diagnostic::do_not_recommend]
impl<T: AnyProperty + ?Sized> IsProperty for T {
    type Shape = T::Shape;
    const TYPE: &'static TypeSpec = T::TYPE;

    fn uuid(&self) -> Option<Uuid> {
        AnyProperty::uuid(self)
    }
}

/// Places whose messages are those of the shape that is missing, or that of any type without one.
macro_rules! places {
    ($($(#[$documentation:meta])* $place:ident: $($bound:ident)+;)*) => {
        $(
            $(#[$documentation])*
            #[diagnostic::on_unimplemented(
                message = "[T022] `{Self}` cannot be a property of a payload schema",
                label = "not a string, number, integer, boolean, array of objects or object of Wix's dialect",
                note = "derive `trigger_core::Property` for your own structs, enums of unit variants and newtypes, but not for a trigger; `trigger_core::Property` lists the other types",
                note = "a type of another crate needs the feature of `trigger-core` that is called as the crate is, such as `jiff`"
            )]
            pub trait $place<const AT: usize> {
                const TYPE: &'static TypeSpec;
            }

            impl<T, const AT: usize> $place<AT> for T
            where
                T: IsProperty<Shape: shape::Writable<AT> $(+ shape::$bound<AT>)+> + ?Sized,
            {
                const TYPE: &'static TypeSpec = <T as IsProperty>::TYPE;
            }
        )*
    };
}

places! {
    /// On the first level, without a written example.
    Property: FirstLevel OptionalOnce Exemplified;
    /// On the first level, with a written example.
    PropertyWithExample: FirstLevel OptionalOnce;
    /// Inside an object, without a written example.
    Member: Member OptionalOnce Exemplified;
    /// Inside an object, with a written example.
    MemberWithExample: Member OptionalOnce;
    /// Flattened.
    Flattened: Flatten;
    /// A plain string with a written example, and perhaps a format.
    Text: PlainText;
    /// What has a written format and no example, which is always wrong.
    TextWithoutExample: PlainText Exemplified;
}

/// Places of a role, which say what the role needs whatever else is wrong with the type.
macro_rules! roles {
    ($($(#[$attribute:meta])* $place:ident: $bound:ident;)*) => {
        $(
            $(#[$attribute])*
            pub trait $place<const AT: usize> {
                const TYPE: &'static TypeSpec;
            }

            #[diagnostic::do_not_recommend]
            impl<T: AnyProperty<Shape: shape::$bound<AT>> + ?Sized, const AT: usize> $place<AT> for T {
                const TYPE: &'static TypeSpec = T::TYPE;
            }
        )*
    };
}

roles! {
    /// A date-time by its type, in the role of `scheduled_at`.
    #[diagnostic::on_unimplemented(
        message = "[T030] a scheduled event happens at a required date-time with an offset, which `{Self}` is not",
        label = "this is what `scheduled_at` names",
        note = "use `jiff::Timestamp` (feature `jiff` of `trigger-core`), `chrono::DateTime<Utc>` (`chrono`) or `trigger_core::types::Rfc3339` (`time`), or a newtype of one that derives `Property`, and no `Option`",
        note = "or a `String` with `#[trigger(format = \"date-time\", example = \"2026-01-15T09:30:00Z\")]`, or `time::OffsetDateTime` with `#[serde(with = \"time::serde::rfc3339\")]`"
    )]
    ScheduledAt: Schedule;
    /// A required plain string, which a written format makes a date-time.
    #[diagnostic::on_unimplemented(
        message = "[T030] a scheduled event happens at a required date-time with an offset",
        label = "with `format = \"date-time\"`, this must be a plain string, not inside an `Option`"
    )]
    RequiredText: RequiredText;
    /// A UUID by its type, in the role of an identity.
    #[diagnostic::on_unimplemented(
        message = "[T031] an identity is a UUID, which `{Self}` is not",
        label = "this is what `contact`, `member`, `visitor` or `user` names",
        note = "use `uuid::Uuid`, a newtype of it, or a `String` with `#[trigger(format = \"uuid\", example = \"2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50\")]`, each perhaps in an `Option`"
    )]
    Identity: Identity;
    /// A UUID by its type, in the role of `entity_id`.
    #[diagnostic::on_unimplemented(
        message = "[T032] an external entity id is a required UUID, which `{Self}` is not",
        label = "this is what `entity_id` names",
        note = "use `uuid::Uuid` or a newtype of it that derives `trigger_core::Property`, without an `Option`"
    )]
    EntityId: EntityId;
}

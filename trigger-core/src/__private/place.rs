//! One trait for each place of a field.
//!
//! Each holds for the types that fit the place. The derive names a type's constant through the
//! trait of the field's place, so that the compiler's error points at the type.

use crate::property::{Property as AnyProperty, shape};
use crate::schema::TypeSpec;

macro_rules! places {
    ($($(#[$documentation:meta])* $place:ident: $($bound:ident)+;)*) => {
        $(
            $(#[$documentation])*
            #[diagnostic::on_unimplemented(
                message = "[T022] `{Self}` cannot be a property of a payload schema",
                label = "not a string, number, integer, boolean, array of objects or object of Wix's dialect",
                note = "derive `trigger_core::Property` for your own structs, enums of unit variants and newtypes; `trigger_core::Property` lists the other types",
                note = "a type of another crate needs the feature of `trigger-core` that is called as the crate is, such as `jiff`"
            )]
            pub trait $place {
                const TYPE: &'static TypeSpec;
            }

            impl<T: AnyProperty<Shape: shape::Writable $(+ shape::$bound)+> + ?Sized> $place for T {
                const TYPE: &'static TypeSpec = <T as AnyProperty>::TYPE;
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
    /// A required plain string, which a written format makes a date-time.
    RequiredText: RequiredText;
    /// A UUID by its type, in the role of an identity.
    Identity: Identity;
    /// A date-time by its type, in the role of `scheduled_at`.
    ScheduledAt: Schedule;
}

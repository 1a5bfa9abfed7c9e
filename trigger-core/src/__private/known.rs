//! The types that the derive knows by their names, all asked for at once.
//!
//! A question in an expression costs the compiler several times one in a type. But its error
//! points at the field, and here at the struct: so the derive asks here only what is true unless
//! the program has a `String`, `Uuid` or the like of its own.

use std::marker::PhantomData;

use super::place;
use crate::schema::TypeSpec;

/// A type in its place.
pub trait Asked {
    const TYPE: &'static TypeSpec;
}

macro_rules! asked {
    ($($(#[$documentation:meta])* $place:ident)*) => {
        $(
            $(#[$documentation])*
            pub struct $place<T>(PhantomData<T>);

            impl<T: place::$place<0>> Asked for $place<T> {
                const TYPE: &'static TypeSpec = T::TYPE;
            }
        )*
    };
}

asked! {
    /// See [`place::Property`].
    Property
    /// See [`place::PropertyWithExample`].
    PropertyWithExample
    /// See [`place::Text`].
    Text
    /// See [`place::Identity`].
    Identity
    /// See [`place::ScheduledAt`].
    ScheduledAt
    /// See [`place::EntityId`].
    EntityId
}

/// The types of some of a struct's fields, in their order.
#[diagnostic::on_unimplemented(
    message = "[T022] a field of this struct cannot be a property of a payload schema",
    label = "its type is called `String`, `Uuid` or `Timestamp`, and is none of these",
    note = "give it another name here, perhaps by `use … as …`: the field itself then tells what is missing"
)]
pub trait Known {
    const TYPES: &'static [&'static TypeSpec];
}

macro_rules! known {
    ($($field:ident)*) => {
        #[diagnostic::do_not_recommend]
        impl<$($field: Asked),*> Known for ($($field,)*) {
            const TYPES: &'static [&'static TypeSpec] = &[$($field::TYPE),*];
        }
    };
}

// As many as `MAX_KNOWN` in the derive.
known!();
known!(A);
known!(A B);
known!(A B C);
known!(A B C D);
known!(A B C D E);
known!(A B C D E F);
known!(A B C D E F G);
known!(A B C D E F G H);
known!(A B C D E F G H I);
known!(A B C D E F G H I J);
known!(A B C D E F G H I J K);
known!(A B C D E F G H I J K L);

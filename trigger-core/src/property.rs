//! Which Rust types may stand in a payload, and what the schema says of them.

/// Types whose shape says why they fit nowhere.
macro_rules! refused {
    ($($type:ty: $reason:ident $(for $($parameter:ident)*)?;)*) => {
        $(
            #[doc(hidden)]
            #[diagnostic::do_not_recommend]
            impl$(<$($parameter),*>)? Property for $type {
                type Shape = shape::$reason;
                const TYPE: &'static TypeSpec = &crate::__private::UNKNOWN;
            }
        )*
    };
}

mod foreign;
pub mod shape;
mod standard;

use uuid::Uuid;

use crate::schema::TypeSpec;

/// A type whose values may stand in a trigger's payload.
///
/// Derive it with [`derive(Property)`](macro@crate::Property) for your own types; the trait's
/// items are the derive's affair. These types have it:
///
/// | Rust | JSON |
/// | --- | --- |
/// | `String`, `&str`, `Cow<str>` | `string`; an example must be written |
/// | `bool` | `boolean` |
/// | integers up to 64 bits | `integer`, at most 2^53 either way |
/// | `f32`, `f64` | `number` |
/// | `Option<T>` | as `T`, not required; `None` is left out |
/// | `Box<T>`, `Arc<T>`, `&T` | as `T` |
/// | `Vec<T>` of a struct that derives `Property` | `array`, on the first level only |
/// | a struct that derives `Property` | `object`, on the first level only |
/// | an enum of unit variants that derives `Property` | `string` with `enum` |
/// | a newtype that derives `Property` | as its inner type |
/// | `uuid::Uuid` | `string`, `format: uuid` |
/// | `chrono::DateTime` (feature `chrono`), `jiff::Timestamp` (feature `jiff`), [`Rfc3339`](crate::types) (feature `time`) | `string`, `format: date-time` |
/// | `time::OffsetDateTime` with `#[serde(with = "time::serde::rfc3339")]`, or its `option` | `string`, `format: date-time` |
/// | `chrono::NaiveDate` (feature `chrono`), `jiff::civil::Date` (feature `jiff`) | `string`, `format: date` |
/// | `rust_decimal::Decimal` with `#[serde(with = "rust_decimal::serde::str")]`, or `str_option` | `string`, `format: number` |
/// | `url::Url` (feature `url`) | `string`, `format: uri` |
/// | [`types::Money`](crate::types::Money), [`types::Attachment`](crate::types::Attachment) | `object` with its `wixCustomType`, on the first level only |
/// | [`types::ImageUrl`](crate::types::ImageUrl) | `string`, `format: uri`, `wixCustomType: IMAGE_URL` |
///
/// The features `time` and `rust_decimal` bring those `with` modules, and tell of a field without
/// one what is missing; see [what has no place in a payload](crate::types#what-has-no-place-in-a-payload).
/// A `Url` that holds what no URI of RFC 3986 does, such as `|` or a host in brackets, is refused
/// when the payload is written.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::Property;
///
/// #[derive(Serialize, Property)]
/// #[serde(rename_all = "SCREAMING_SNAKE_CASE")]
/// enum Status {
///     Draft,
///     Sent,
/// }
///
/// #[derive(Serialize, Property)]
/// struct Line {
///     #[trigger(example = "Lesson")]
///     text: String,
///     status: Status,
/// }
///
/// #[derive(Serialize, Property)]
/// struct InvoiceId(uuid::Uuid);
/// ```
#[diagnostic::on_unimplemented(
    message = "[T022] `{Self}` cannot be a property of a payload schema",
    label = "not a string, number, integer, boolean, array of objects or object of Wix's dialect",
    note = "derive `trigger_core::Property` for your own structs, enums of unit variants and newtypes, but not for a trigger; `trigger_core::Property` lists the other types",
    note = "a type of another crate needs the feature of `trigger-core` that is called as the crate is, such as `jiff`"
)]
pub trait Property {
    /// What the type may do in a schema.
    #[doc(hidden)]
    type Shape;

    /// What the schema knows of the type.
    const TYPE: &'static TypeSpec;

    /// The value as a UUID, for those types whose shape is [`shape::Uuid`].
    #[doc(hidden)]
    fn uuid(&self) -> Option<Uuid> {
        None
    }
}

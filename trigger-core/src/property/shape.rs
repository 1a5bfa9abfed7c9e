//! The dialect's levels and roles as types.
//!
//! [`Property::Shape`](crate::Property) names one of these types, and the places of
//! `__private::place` ask for what they need of it. A newtype passes its inner shape on.

#![doc(hidden)]

use std::marker::PhantomData;

/// A string without an example of its own.
pub struct Text;
/// Any other string, a number, an integer or a boolean.
pub struct Scalar;
/// A date-time.
pub struct DateTime;
/// A UUID that can be read as one.
pub struct Uuid;
/// A string whose written format makes it a UUID.
pub struct UuidText;
/// A struct.
pub struct Object;
/// An array whose items have the shape `S`.
pub struct Array<S>(PhantomData<S>);
/// What a derive refused: fit for everything, so that there is one error and not two.
pub struct Unknown;
/// What may be absent.
pub struct Optional<S>(PhantomData<S>);

macro_rules! mark {
    ($trait:ident: $($shape:ty),* $(; Optional<S: $bound:ident>)?) => {
        $(
            #[diagnostic::do_not_recommend]
            impl $trait for $shape {}
        )*
        $(
            #[diagnostic::do_not_recommend]
            impl<S: $bound> $trait for Optional<S> {}
        )?
    };
}

/// What has an example without a written one.
#[diagnostic::on_unimplemented(
    message = "[T040] a string needs an example: Wix shows it as the placeholder when an automation is tested",
    label = "add `#[trigger(example = \"…\")]` to this field"
)]
pub trait Exemplified {}
mark!(Exemplified: Unknown, Scalar, DateTime, Uuid, UuidText, Object; Optional<S: Exemplified>);

#[diagnostic::do_not_recommend]
impl<S> Exemplified for Array<S> {}

/// What may stand inside an object.
#[diagnostic::on_unimplemented(
    message = "[T023] an object or array cannot stand inside a nested object: a payload has two levels",
    label = "only strings, numbers, integers and booleans may stand here",
    note = "move the value to a field of the trigger's own struct"
)]
pub trait Member {}
mark!(Member: Unknown, Text, Scalar, DateTime, Uuid, UuidText; Optional<S: Member>);

/// What may stand on the first level: everything but arrays of other things than objects.
#[diagnostic::on_unimplemented(
    message = "[T024] the items of an array are objects: Wix refuses arrays of strings, numbers, arrays and the like",
    label = "the items of this array are not objects",
    note = "wrap the item in a struct that derives `trigger_core::Property`"
)]
pub trait FirstLevel {}
mark!(FirstLevel: Unknown, Text, Scalar, DateTime, Uuid, UuidText, Object, Array<Object>, Array<Unknown>; Optional<S: FirstLevel>);

/// What is at most once an `Option`.
#[diagnostic::on_unimplemented(
    message = "[T022] an `Option` inside an `Option` cannot be told from a plain one: both are left out",
    label = "remove one `Option`"
)]
pub trait OptionalOnce {}
macro_rules! optional_once {
    ($($shape:ty),*) => {
        mark!(OptionalOnce: $($shape, Optional<$shape>),*);
    };
}
optional_once!(Unknown, Text, Scalar, DateTime, Uuid, UuidText, Object);

#[diagnostic::do_not_recommend]
impl<S> OptionalOnce for Array<S> {}

#[diagnostic::do_not_recommend]
impl<S> OptionalOnce for Optional<Array<S>> {}

/// What may be flattened.
#[diagnostic::on_unimplemented(
    message = "[T050] only a struct that derives `Property`, or an `Option` of one, can be flattened into a payload schema",
    label = "this is no struct whose fields are known"
)]
pub trait Flatten {}
mark!(Flatten: Unknown, Object, Optional<Object>);

/// What a scheduled event may happen at.
#[diagnostic::on_unimplemented(
    message = "[T030] `scheduled_at` names a required date-time with an offset",
    label = "this is no date-time, or may be absent",
    note = "use `jiff::Timestamp`, `chrono::DateTime` or `trigger_core::types::Rfc3339`, not inside an `Option`"
)]
pub trait Schedule {}
mark!(Schedule: Unknown, DateTime);

/// A plain string that may not be absent.
#[diagnostic::on_unimplemented(
    message = "[T030] `scheduled_at` names a required date-time with an offset",
    label = "with `format = \"date-time\"`, this must be a plain string, not inside an `Option`"
)]
pub trait RequiredText {}
mark!(RequiredText: Unknown, Text);

/// What may be the id of a contact, member, visitor or user.
#[diagnostic::on_unimplemented(
    message = "[T031] `contact`, `member`, `visitor` and `user` name a UUID",
    label = "this is no UUID",
    note = "use `uuid::Uuid`, a newtype of it, or a string with `#[trigger(format = \"uuid\")]`"
)]
pub trait Identity {}
mark!(Identity: Unknown, Uuid, UuidText, Optional<Uuid>, Optional<UuidText>);

/// What events may be canceled by.
pub trait EntityId {}
mark!(EntityId: Unknown, Uuid);

/// A plain string, or one that may be absent.
#[diagnostic::on_unimplemented(
    message = "[T044] only a plain string takes a format",
    label = "this is no plain string, or brings its own format"
)]
pub trait PlainText {
    /// The same, once its format or example is written: `S`, or `Optional<S>`.
    type As<S>;
}

#[diagnostic::do_not_recommend]
impl PlainText for Text {
    type As<S> = S;
}

#[diagnostic::do_not_recommend]
impl PlainText for Unknown {
    type As<S> = Unknown;
}

#[diagnostic::do_not_recommend]
impl PlainText for Optional<Text> {
    type As<S> = Optional<S>;
}

/// A shape once an example was written for it.
pub trait WithExample {
    /// [`Scalar`] instead of [`Text`].
    type Shape;
}

macro_rules! with_example {
    ($($shape:ty => $with:ty),*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl WithExample for $shape {
                type Shape = $with;
            }
        )*
    };
}
with_example!(
    Text => Scalar,
    Scalar => Scalar,
    DateTime => DateTime,
    Uuid => Uuid,
    UuidText => UuidText,
    Object => Object,
    Unknown => Unknown
);

#[diagnostic::do_not_recommend]
impl<S> WithExample for Array<S> {
    type Shape = Self;
}

#[diagnostic::do_not_recommend]
impl<S: WithExample> WithExample for Optional<S> {
    type Shape = Optional<S::Shape>;
}

/// What serde writes in a way that no schema here describes, for a reason. It stands everywhere
/// but in [`Writable`], so that there is one error and not two.
pub struct Refused<R>(PhantomData<R>);

macro_rules! mark_refused {
    ($($trait:ident)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<R> $trait for Refused<R> {}

            #[diagnostic::do_not_recommend]
            impl<R> $trait for Optional<Refused<R>> {}
        )*
    };
}
mark_refused!(Flatten Identity OptionalOnce);

macro_rules! mark_required_refused {
    ($($trait:ident)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<R> $trait for Refused<R> {}
        )*
    };
}
mark_required_refused!(Exemplified FirstLevel Member RequiredText Schedule);

#[diagnostic::do_not_recommend]
impl<R> PlainText for Refused<R> {
    type As<S> = Self;
}

#[diagnostic::do_not_recommend]
impl<R> PlainText for Optional<Refused<R>> {
    type As<S> = Self;
}

#[diagnostic::do_not_recommend]
impl<R> WithExample for Refused<R> {
    type Shape = Self;
}

/// What serde writes as the schema says.
///
/// Its implementations are recommended, unlike all others here: what is missing in the end is the
/// trait of a reason, whose message is the one to read.
pub trait Writable {}

impl<S: Writable> Writable for Optional<S> {}
// What its items are is asked by `FirstLevel`.
impl<S> Writable for Array<S> {}

macro_rules! writable {
    ($($shape:ty),*) => {
        $(impl Writable for $shape {})*
    };
}
writable!(Unknown, Text, Scalar, DateTime, Uuid, UuidText, Object);

/// Who would have to write a refused type otherwise. A reason is not asked of the type itself:
/// the compiler would then show the message of the place instead.
pub enum Serde {}

/// Each reason is a type and a trait that [`Serde`] lacks, which says the mend.
macro_rules! reasons {
    ($($reason:ident: $writes:ident = $message:literal, $label:literal $(, $note:literal)?;)*) => {
        $(
            #[doc = concat!("See [`", stringify!($writes), "`].")]
            pub struct $reason<T>(PhantomData<T>);

            #[doc = concat!("What [`", stringify!($reason), "`] lacks.")]
            #[diagnostic::on_unimplemented(message = $message, label = $label $(, note = $note)?)]
            pub trait $writes<T> {}

            impl<T> Writable for Refused<$reason<T>> where Serde: $writes<T> {}
        )*
    };
}

reasons! {
    ChronoLocal: ChronoOffset =
        "[T022] `{T}` has no offset, and a date-time of RFC 3339 has one",
        "use `chrono::DateTime<Utc>`";
    JiffLocal: JiffOffset =
        "[T022] `{T}` has no offset, and a date-time of RFC 3339 has one",
        "use `jiff::Timestamp`";
    TimeLocal: TimeOffset =
        "[T022] `{T}` has no offset, and a date-time of RFC 3339 has one",
        "use `trigger_core::types::Rfc3339`, or `time::OffsetDateTime` with `#[serde(with = \"time::serde::rfc3339\")]`";
    Zoned: WithoutZone =
        "[T022] serde writes `{T}` with its time zone in brackets, which a date-time of RFC 3339 does not have",
        "use `jiff::Timestamp`";
    TimeArray: TimeText =
        "[T022] serde writes `{T}` as an array of numbers, not as a date-time of RFC 3339",
        "add `#[serde(with = \"time::serde::rfc3339\")]`, or `time::serde::rfc3339::option` to an `Option`",
        "or use `trigger_core::types::Rfc3339`; a newtype takes the attribute on its own field";
    DateArray: DateText =
        "[T022] serde writes `{T}` as an array of numbers, not as a date of RFC 3339",
        "use a `String` with `#[trigger(format = \"date\", example = \"2026-01-15\")]`",
        "`chrono::NaiveDate` and `jiff::civil::Date` are written as dates";
    BareDecimal: DecimalText =
        "[T022] serde writes `{T}` as a string or as a number, whichever the crate features of the whole build make of it",
        "add `#[serde(with = \"rust_decimal::serde::str\")]`, or `rust_decimal::serde::str_option` to an `Option`",
        "a newtype takes the attribute on its own field";
    AnyMembers: KnownMembers =
        "[T022] what `{T}` holds is known only when it is written, and a schema says it before",
        "use a struct that derives `trigger_core::Property`";
}

//! The dialect's levels and roles as types.
//!
//! [`Property::Shape`](crate::Property) names one of these types, and the places of
//! `__private::place` ask for what they need of it.
//!
//! `AT` numbers the fields of a struct: the compiler tells the same mistake once, and that of the
//! next field is to be another one.

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
/// What is refused already: fit for everything, so that there is one error and not two.
pub struct Unknown;
/// What may be absent.
pub struct Optional<S>(PhantomData<S>);

macro_rules! mark {
    ($trait:ident: $($shape:ty),* $(; Optional<S: $bound:ident>)?) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<const AT: usize> $trait<AT> for $shape {}
        )*
        $(
            #[diagnostic::do_not_recommend]
            impl<S: $bound<AT>, const AT: usize> $trait<AT> for Optional<S> {}
        )?
    };
}

/// What has an example without a written one.
#[diagnostic::on_unimplemented(
    message = "[T040] a string needs an example: Wix shows it as the placeholder when an automation is tested",
    label = "add `#[trigger(example = \"…\")]` to this field"
)]
pub trait Exemplified<const AT: usize> {}
mark!(Exemplified: Unknown, Scalar, DateTime, Uuid, UuidText, Object; Optional<S: Exemplified>);

#[diagnostic::do_not_recommend]
impl<S, const AT: usize> Exemplified<AT> for Array<S> {}

/// What may stand inside an object.
#[diagnostic::on_unimplemented(
    message = "[T023] an object or array cannot stand inside a nested object: a payload has two levels",
    label = "only strings, numbers, integers and booleans may stand here",
    note = "move the value to a field of the trigger's own struct"
)]
pub trait Member<const AT: usize> {}
mark!(Member: Unknown, Text, Scalar, DateTime, Uuid, UuidText; Optional<S: Member>);

/// What may stand on the first level: everything but arrays of other things than objects.
#[diagnostic::on_unimplemented(
    message = "[T024] the items of an array are objects: Wix refuses arrays of strings, numbers, arrays and the like",
    label = "the items of this array are not objects",
    note = "wrap the item in a struct that derives `trigger_core::Property`"
)]
pub trait FirstLevel<const AT: usize> {}
mark!(FirstLevel: Unknown, Text, Scalar, DateTime, Uuid, UuidText, Object, Array<Object>, Array<Unknown>; Optional<S: FirstLevel>);

/// What is at most once an `Option`.
#[diagnostic::on_unimplemented(
    message = "[T022] an `Option` inside an `Option` cannot be told from a plain one: both are left out",
    label = "remove one `Option`"
)]
pub trait OptionalOnce<const AT: usize> {}
macro_rules! optional_once {
    ($($shape:ty),*) => {
        mark!(OptionalOnce: $($shape, Optional<$shape>),*);
    };
}
optional_once!(Unknown, Text, Scalar, DateTime, Uuid, UuidText, Object);

#[diagnostic::do_not_recommend]
impl<S, const AT: usize> OptionalOnce<AT> for Array<S> {}

#[diagnostic::do_not_recommend]
impl<S, const AT: usize> OptionalOnce<AT> for Optional<Array<S>> {}

/// What may be flattened.
#[diagnostic::on_unimplemented(
    message = "[T050] only a struct that derives `Property`, or an `Option` of one, can be flattened into a payload schema",
    label = "this is no struct whose fields are known; remove `flatten`"
)]
pub trait Flatten<const AT: usize> {}
mark!(Flatten: Unknown, Object, Optional<Object>);

/// A plain string, or one that may be absent.
#[diagnostic::on_unimplemented(
    message = "[T044] only a plain string takes a format",
    label = "the field's type is no plain string, or brings its own format; remove this, or use a `String`"
)]
pub trait PlainText<const AT: usize> {}
mark!(PlainText: Unknown, Text, Optional<Unknown>, Optional<Text>);

/// A plain string that may not be absent.
pub trait RequiredText<const AT: usize> {}
mark!(RequiredText: Unknown, Text);

/// What a scheduled event may happen at.
pub trait Schedule<const AT: usize> {}
mark!(Schedule: Unknown, DateTime);

/// What may be the id of a contact, member, visitor or user.
pub trait Identity<const AT: usize> {}
mark!(Identity: Unknown, Uuid, UuidText, Optional<Unknown>, Optional<Uuid>, Optional<UuidText>);

/// What events may be canceled by.
pub trait EntityId<const AT: usize> {}
mark!(EntityId: Unknown, Uuid);

/// An array of what may be absent.
#[diagnostic::on_unimplemented(
    message = "[T024] the items of an array are objects, and none of them is absent",
    label = "remove the `Option` around the item"
)]
pub trait ItemsPresent<const AT: usize> {}

/// An array of arrays.
#[diagnostic::on_unimplemented(
    message = "[T024] the items of an array are objects: Wix refuses arrays of arrays",
    label = "use one array, of objects that tell where they belong"
)]
pub trait OneArray<const AT: usize> {}

/// What may be an item, or says in its own words that it is none. Like [`Writable`], it is
/// recommended.
pub trait Item<const AT: usize> {}

impl<S, const AT: usize> Item<AT> for Optional<S> where Serde: ItemsPresent<AT> {}
impl<S, const AT: usize> Item<AT> for Array<S> where Serde: OneArray<AT> {}

// Refused by the two above.
#[diagnostic::do_not_recommend]
impl<S, const AT: usize> FirstLevel<AT> for Array<Optional<S>> {}

#[diagnostic::do_not_recommend]
impl<S, const AT: usize> FirstLevel<AT> for Array<Array<S>> {}

/// What serde writes as the schema says.
///
/// Its implementations are recommended, unlike all others here: what is missing in the end is the
/// trait of a reason, whose message is the one to read.
pub trait Writable<const AT: usize> {}

impl<S: Writable<AT>, const AT: usize> Writable<AT> for Optional<S> {}
impl<S: Item<AT>, const AT: usize> Writable<AT> for Array<S> {}

macro_rules! writable {
    ($($shape:ty),*) => {
        $(
            impl<const AT: usize> Writable<AT> for $shape {}
            impl<const AT: usize> Item<AT> for $shape {}
        )*
    };
}
writable!(Unknown, Text, Scalar, DateTime, Uuid, UuidText, Object);

/// What a newtype passes on of the value that it holds.
///
/// What fits nowhere is refused at the newtype, and becomes [`Unknown`].
pub trait Enclosed {
    /// The shape of the newtype.
    type Shape;
    /// Its shape where an example is written.
    type WithExample;
    /// Its shape where a format is written that makes a required string an `S`.
    type WithFormat<S>;
    /// The shape of a newtype of an `Option` of the value.
    type Absent;
    /// The shape of a newtype of an array of such values.
    type Listed;
}

macro_rules! enclosed {
    ($($shape:ty: $own:ty, $example:ty, $format:ty, $absent:ty, $listed:ty $(where $parameter:ident)?;)*) => {
        $(
            #[diagnostic::do_not_recommend]
            impl$(<$parameter: Enclosed>)? Enclosed for $shape {
                type Shape = $own;
                type WithExample = $example;
                type WithFormat<F> = $format;
                type Absent = $absent;
                type Listed = $listed;
            }
        )*
    };
}
enclosed! {
    Text: Text, Scalar, F, Optional<Text>, Unknown;
    Scalar: Scalar, Scalar, Unknown, Optional<Scalar>, Unknown;
    DateTime: DateTime, DateTime, Unknown, Optional<DateTime>, Unknown;
    Uuid: Uuid, Uuid, Unknown, Optional<Uuid>, Unknown;
    UuidText: UuidText, UuidText, Unknown, Optional<UuidText>, Unknown;
    Object: Object, Object, Unknown, Optional<Object>, Array<Object>;
    Unknown: Unknown, Unknown, Unknown, Unknown, Unknown;
    Array<S>: S::Listed, S::Listed, Unknown, Optional<S::Listed>, Unknown where S;
    Optional<S>: S::Absent, Optional<S::WithExample>, Optional<S::WithFormat<F>>, Unknown, Unknown where S;
}

/// Who would have to write a refused type otherwise. A reason is not asked of the type itself:
/// the compiler would then show the message of the place instead.
pub enum Serde {}

/// Shapes of what serde writes in a way that no schema here describes, for a reason: each has a
/// trait that [`Serde`] lacks, which says the mend. They stand everywhere but in [`Writable`], so
/// that there is one error and not two.
macro_rules! reasons {
    ($($reason:ident: $writes:ident = $message:literal, $label:literal $(, $note:literal)?;)*) => {
        $(
            #[doc = concat!("See [`", stringify!($writes), "`].")]
            pub struct $reason;

            #[doc = concat!("What [`", stringify!($reason), "`] lacks.")]
            #[diagnostic::on_unimplemented(message = $message, label = $label $(, note = $note)?)]
            pub trait $writes<const AT: usize> {}

            impl<const AT: usize> Writable<AT> for $reason where Serde: $writes<AT> {}
            // What is refused for the array comes first.
            impl<const AT: usize> Item<AT> for $reason {}

            mark!(Exemplified: $reason);
            mark!(FirstLevel: $reason);
            mark!(Member: $reason);
            mark!(PlainText: $reason, Optional<$reason>);
            mark!(Flatten: $reason, Optional<$reason>);
            optional_once!($reason);
            enclosed! {
                $reason: Unknown, Unknown, Unknown, Unknown, Unknown;
            }
        )*
    };
}

reasons! {
    ChronoLocal: ChronoOffset =
        "[T022] this date-time has no offset, and one of RFC 3339 has",
        "use `chrono::DateTime<Utc>`";
    JiffLocal: JiffOffset =
        "[T022] this date-time has no offset, and one of RFC 3339 has",
        "use `jiff::Timestamp`";
    TimeLocal: TimeOffset =
        "[T022] this date-time has no offset, and one of RFC 3339 has",
        "use `trigger_core::types::Rfc3339`, or `time::OffsetDateTime` with `#[serde(with = \"time::serde::rfc3339\")]`";
    Zoned: WithoutZone =
        "[T022] serde writes this type with its time zone in brackets, which a date-time of RFC 3339 does not have",
        "use `jiff::Timestamp`";
    TimeArray: TimeText =
        "[T022] serde writes this type as an array of numbers, not as a date-time of RFC 3339",
        "add `#[serde(with = \"time::serde::rfc3339\")]`, or `time::serde::rfc3339::option` to an `Option`",
        "or use `trigger_core::types::Rfc3339`; a newtype takes the attribute on its own field";
    DateArray: DateText =
        "[T022] serde writes this type as an array of numbers, not as a date of RFC 3339",
        "use a `String` with `#[trigger(format = \"date\", example = \"2026-01-15\")]`",
        "`chrono::NaiveDate` and `jiff::civil::Date` are written as dates";
    BareDecimal: DecimalText =
        "[T022] serde writes this type as a string or as a number, whichever the crate features of the whole build make of it",
        "add `#[serde(with = \"rust_decimal::serde::str\")]`, or `rust_decimal::serde::str_option` to an `Option`",
        "a newtype takes the attribute on its own field";
    TimeOfDay: TimeAsText =
        "[T022] a time of the day without its offset has no format in a payload schema",
        "use a `String` with `#[trigger(example = \"09:30\")]`";
    SecondsAndNanoseconds: OneNumber =
        "[T022] serde writes this type as an object of seconds and nanoseconds",
        "use a number, such as a `u64` of seconds, or a date-time such as `jiff::Timestamp`";
    WideInteger: NarrowInteger =
        "[T022] the integers of a payload are at most 2^53 either way, far below 128 bits",
        "use `u64` or `i64`, or a `String` if no digit may be lost";
    Character: WholeText =
        "[T022] a single character has no type in a payload schema",
        "use a `String`, with an example";
    Address: AddressAsText =
        "[T022] an address is a plain string in a payload schema",
        "use a `String` with `#[trigger(format = \"ipv4\", example = \"192.0.2.1\")]`, or `ipv6`";
    Nothing: SomeValue =
        "[T022] serde writes `()` as `null`, which Wix's types do not have",
        "remove the field";
    Tuple: NamedMembers =
        "[T022] serde writes a tuple as an array of its parts, and the items of an array are objects",
        "use a struct that derives `trigger_core::Property`";
    OtherList: VecOfObjects =
        "[T024] an array of a payload is a `Vec` of objects: Wix refuses arrays of strings, numbers, arrays and the like",
        "use a `Vec` of a struct that derives `trigger_core::Property`";
    AnyMembers: KnownMembers =
        "[T022] what a map or `serde_json::Value` holds is known only when it is written, and a payload schema says it before",
        "use a struct that derives `trigger_core::Property`";
}

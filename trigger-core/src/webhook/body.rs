//! Bodies of events, read into an app's own types.
//!
//! `serde_json` would do, but for two things: its errors quote the body and do not say where in it,
//! and a `null` is an error for a field that has a default, where JSON that is made of protobuf
//! means one by the other.

use std::fmt::{self, Display};
use std::iter::Enumerate;
use std::slice;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer};
use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, Expected, MapAccess, SeqAccess,
    Unexpected, Visitor,
};
use serde::forward_to_deserialize_any;
use serde_json::{Map, Number, Value, map};

/// An event that Wix sends by webhook: what its body is, and what its type is called.
///
/// Wix may add members and values at any time: fields that have defaults, and enums with a variant
/// that holds any other, take what comes.
///
/// ```
/// use serde::Deserialize;
/// use trigger_core::webhook::Event;
///
/// #[derive(Default, Deserialize)]
/// #[serde(rename_all = "camelCase", default)]
/// struct EventPublished {
///     event_id: Option<String>,
///     status: Option<Status>,
/// }
///
/// #[derive(Deserialize)]
/// #[serde(rename_all = "UPPERCASE")]
/// enum Status {
///     Upcoming,
///     Started,
///     #[serde(untagged)]
///     Other(String),
/// }
///
/// impl Event for EventPublished {
///     const TYPE: &'static str = "wix.events.events.v3.event_published";
/// }
/// ```
pub trait Event: DeserializeOwned {
    /// What deliveries of this event have as their
    /// [`event_type`](super::Delivery::event_type).
    const TYPE: &'static str;
}

/// Why the body of a delivery is no event of the type that was asked for. No message says what is
/// in the body.
///
/// ```
/// use trigger_core::webhook::BodyError;
///
/// fn tell(error: &BodyError) {
///     eprintln!("{error}"); // such as: the event's `location.type`: it is a string, and not a boolean
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BodyError {
    /// The event has another type.
    #[error("the event is `{found}`, and not `{expected}`")]
    OtherType {
        /// The type that was asked for.
        expected: &'static str,
        /// The type that it has.
        found: String,
    },
    /// The body does not fit the Rust type.
    #[error("the event{}: {problem}", whose(path))]
    Unfit {
        /// Where in the body, such as `location.type`; empty for the body itself.
        path: String,
        /// What is wrong there.
        problem: String,
    },
}

fn whose(path: &str) -> String {
    if path.is_empty() { String::new() } else { format!("'s `{path}`") }
}

/// Reads a body; what has none is as an empty one.
pub(super) fn read<E: DeserializeOwned>(body: &Value) -> Result<E, BodyError> {
    let none = Value::Object(Map::new());
    let body = if body.is_null() { &none } else { body };
    E::deserialize(Reader(body)).map_err(|mistake| {
        let Mistake { path, problem } = *mistake.0;
        BodyError::Unfit { path, problem }
    })
}

/// How much of a member's name an error has, in characters.
const LONGEST_NAME: usize = 64;

#[derive(Debug)]
struct Mistake {
    path: String,
    problem: String,
}

#[derive(Debug)]
struct Boxed(Box<Mistake>);

impl Boxed {
    fn new(problem: impl Into<String>) -> Self {
        Self(Box::new(Mistake { path: String::new(), problem: problem.into() }))
    }

    fn inside(mut self, name: &str) -> Self {
        let mut path: String = name.chars().take(LONGEST_NAME).collect();
        if !self.0.path.is_empty() && !self.0.path.starts_with('[') {
            path.push('.');
        }
        path.push_str(&self.0.path);
        self.0.path = path;
        self
    }
}

impl Display for Boxed {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0.problem)
    }
}

impl std::error::Error for Boxed {}

impl de::Error for Boxed {
    /// A type's own words would quote the body.
    fn custom<T: Display>(_: T) -> Self {
        Self::new("it cannot be read as its type")
    }

    fn invalid_type(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("it is {}, and not {expected}", kind(&found)))
    }

    fn invalid_value(found: Unexpected<'_>, expected: &dyn Expected) -> Self {
        Self::new(format!("it is {} of another value, and not {expected}", kind(&found)))
    }

    fn invalid_length(length: usize, expected: &dyn Expected) -> Self {
        Self::new(format!("it has {length} items, and not {expected}"))
    }

    fn unknown_variant(_: &str, expected: &'static [&'static str]) -> Self {
        Self::new(format!("it is none of {}", expected.join(", ")))
    }

    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Self::new("it has a member that the type does not know")
    }

    fn missing_field(field: &'static str) -> Self {
        Self::new(format!("it has no `{field}`"))
    }

    fn duplicate_field(field: &'static str) -> Self {
        Self::new(format!("it has `{field}` by two names"))
    }
}

fn kind(found: &Unexpected<'_>) -> &'static str {
    match found {
        Unexpected::Bool(_) => "a boolean",
        Unexpected::Unsigned(_) | Unexpected::Signed(_) => "an integer",
        Unexpected::Float(_) => "a number",
        Unexpected::Str(_) => "a string",
        Unexpected::Seq => "an array",
        Unexpected::Map => "an object",
        Unexpected::Unit | Unexpected::Option => "null",
        _ => "something else",
    }
}

struct Reader<'v>(&'v Value);

impl<'v> Deserializer<'v> for Reader<'v> {
    type Error = Boxed;

    fn deserialize_any<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Boxed> {
        match self.0 {
            Value::Null => visitor.visit_unit(),
            Value::Bool(boolean) => visitor.visit_bool(*boolean),
            Value::Number(number) => visit_number(number, visitor),
            Value::String(text) => visitor.visit_borrowed_str(text),
            Value::Array(items) => visitor.visit_seq(Items(items.iter().enumerate())),
            Value::Object(members) => visitor.visit_map(Present::new(members)),
        }
    }

    fn deserialize_option<V: Visitor<'v>>(self, visitor: V) -> Result<V::Value, Boxed> {
        if self.0.is_null() { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'v>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Boxed> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'v>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Boxed> {
        match self.0 {
            Value::String(text) => visitor.visit_enum(BorrowedStrDeserializer::new(text)),
            Value::Object(members) => {
                visitor.visit_enum(MapAccessDeserializer::new(Present::new(members)))
            }
            _ => self.deserialize_any(visitor),
        }
    }

    forward_to_deserialize_any! {
        <W: Visitor<'v>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}

fn visit_number<'v, V: Visitor<'v>>(number: &Number, visitor: V) -> Result<V::Value, Boxed> {
    match (number.as_u64(), number.as_i64(), number.as_f64()) {
        (Some(number), ..) => visitor.visit_u64(number),
        (_, Some(number), _) => visitor.visit_i64(number),
        (.., Some(number)) => visitor.visit_f64(number),
        _ => Err(Boxed::new("it is a number beyond all types")),
    }
}

struct Items<'v>(Enumerate<slice::Iter<'v, Value>>);

impl<'v> SeqAccess<'v> for Items<'v> {
    type Error = Boxed;

    fn next_element_seed<T: DeserializeSeed<'v>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Boxed> {
        let Some((index, item)) = self.0.next() else { return Ok(None) };
        let read = seed.deserialize(Reader(item));
        read.map(Some).map_err(|mistake| mistake.inside(&format!("[{index}]")))
    }
}

/// The members of an object that are not `null`.
struct Present<'v> {
    members: map::Iter<'v>,
    current: Option<(&'v str, &'v Value)>,
}

impl<'v> Present<'v> {
    fn new(members: &'v Map<String, Value>) -> Self {
        Self { members: members.iter(), current: None }
    }
}

impl<'v> MapAccess<'v> for Present<'v> {
    type Error = Boxed;

    fn next_key_seed<K: DeserializeSeed<'v>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Boxed> {
        let Some((name, value)) = self.members.find(|(_, value)| !value.is_null()) else {
            return Ok(None);
        };
        self.current = Some((name, value));
        seed.deserialize(BorrowedStrDeserializer::new(name)).map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'v>>(&mut self, seed: T) -> Result<T::Value, Boxed> {
        let Some((name, value)) = self.current.take() else {
            return Err(Boxed::new("its type asks for a value before its name"));
        };
        seed.deserialize(Reader(value)).map_err(|mistake| mistake.inside(name))
    }
}

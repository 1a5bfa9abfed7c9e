//! JSON as it was written: the order of members, and names that stand twice.

use std::cmp::Ordering;
use std::collections::HashSet;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Number, Value};

/// A JSON value. `serde_json`'s own has an order of members that depends on the whole build.
#[derive(Clone, Debug)]
pub(super) enum Json {
    Null,
    Boolean(bool),
    Integer(i128),
    Number(f64),
    String(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl Json {
    pub(super) fn text(text: &str) -> Self {
        Self::String(text.to_owned())
    }

    /// The member of that name.
    pub(super) fn get(&self, name: &str) -> Option<&Self> {
        let mut members = self.members().iter();
        members.find(|(key, _)| key == name).map(|(_, value)| value)
    }

    /// The members of an object; nothing for everything else.
    pub(super) fn members(&self) -> &[(String, Self)] {
        match self {
            Self::Object(members) => members,
            _ => &[],
        }
    }

    /// The items of an array; nothing for everything else.
    pub(super) fn items(&self) -> &[Self] {
        match self {
            Self::Array(items) => items,
            _ => &[],
        }
    }

    pub(super) fn as_str(&self) -> Option<&str> {
        match self {
            Self::String(text) => Some(text),
            _ => None,
        }
    }

    pub(super) fn is_true(&self) -> bool {
        matches!(self, Self::Boolean(true))
    }

    /// The same for whoever takes `serde_json`'s values.
    pub(super) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::Bool(*value),
            Self::Integer(value) => Number::from_i128(*value).map_or(Value::Null, Value::Number),
            Self::Number(value) => Number::from_f64(*value).map_or(Value::Null, Value::Number),
            Self::String(text) => Value::String(text.clone()),
            Self::Array(items) => Value::Array(items.iter().map(Self::to_value).collect()),
            Self::Object(members) => {
                let members = members.iter().map(|(name, value)| (name.clone(), value.to_value()));
                Value::Object(members.collect())
            }
        }
    }

    /// Whether both are the same value, whatever the order of members, and 12 as 12.0.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Null, Self::Null) => true,
            (Self::Boolean(one), Self::Boolean(other)) => one == other,
            (Self::String(one), Self::String(other)) => one == other,
            (Self::Array(one), Self::Array(other)) => {
                one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.is_same(b))
            }
            (Self::Object(one), Self::Object(others)) => {
                let is_there = |name: &str, value: &Self| {
                    other.get(name).is_some_and(|other| other.is_same(value))
                };
                one.len() == others.len() && one.iter().all(|(name, value)| is_there(name, value))
            }
            _ => match (self.as_number(), other.as_number()) {
                // Zero has two signs.
                (Some(one), Some(other)) => one.partial_cmp(&other).is_some_and(Ordering::is_eq),
                _ => false,
            },
        }
    }

    // Integers of a payload are within what a float holds.
    #[allow(clippy::cast_precision_loss)]
    fn as_number(&self) -> Option<f64> {
        match self {
            Self::Integer(value) => Some(*value as f64),
            Self::Number(value) => Some(*value),
            _ => None,
        }
    }

    /// The pointers to members whose name stands before in their object.
    pub(super) fn names_that_stand_twice(&self) -> Vec<String> {
        let mut found = Vec::new();
        self.find_twice(&mut String::new(), &mut found);
        found
    }

    fn find_twice(&self, pointer: &mut String, found: &mut Vec<String>) {
        let length = pointer.len();
        for (index, item) in self.items().iter().enumerate() {
            pointer.push_str(&step(&index.to_string()));
            item.find_twice(pointer, found);
            pointer.truncate(length);
        }
        let mut names = HashSet::new();
        for (name, value) in self.members() {
            pointer.push_str(&step(name));
            if !names.insert(name) {
                found.push(pointer.clone());
            }
            value.find_twice(pointer, found);
            pointer.truncate(length);
        }
    }
}

/// A member or item in a JSON pointer.
pub(super) fn step(name: &str) -> String {
    crate::judge::pointer_of([name])
}

impl<'de> Deserialize<'de> for Json {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(JsonVisitor)
    }
}

struct JsonVisitor;

/// Where the build turns `arbitrary_precision` on, a number is an object with this member.
const NUMBER: &str = "$serde_json::private::Number";

impl<'de> Visitor<'de> for JsonVisitor {
    type Value = Json;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Json, E> {
        Ok(Json::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Json, E> {
        Ok(Json::Boolean(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Json, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Json, E> {
        Ok(Json::Integer(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Json, E> {
        Ok(Json::Number(value))
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Json, E> {
        Ok(Json::text(text))
    }

    fn visit_string<E: Error>(self, text: String) -> Result<Json, E> {
        Ok(Json::String(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut items = Vec::new();
        while let Some(item) = access.next_element()? {
            items.push(item);
        }
        Ok(Json::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Json, A::Error> {
        let mut members: Vec<(String, Json)> = Vec::new();
        while let Some((name, value)) = access.next_entry()? {
            members.push((name, value));
        }
        match members.as_slice() {
            [(name, Json::String(digits))] if name == NUMBER => number(digits),
            _ => Ok(Json::Object(members)),
        }
    }
}

fn number<E: Error>(digits: &str) -> Result<Json, E> {
    let integer =
        || digits.parse::<i64>().map(i128::from).or_else(|_| digits.parse::<u64>().map(i128::from));
    let float = || digits.parse::<f64>().ok().filter(|value| value.is_finite());
    let read = integer().ok().map(Json::Integer).or_else(|| float().map(Json::Number));
    read.ok_or_else(|| E::custom("number out of range"))
}

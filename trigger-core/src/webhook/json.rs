//! JSON that somebody else wrote, whose mistakes are told without what stands there.

use serde::Deserialize;
use serde_json::error::Category;
use serde_json::{Map, Value};

use super::error::{Malformed, Problem};

/// The object of this JSON.
///
/// serde would read a struct of an array as well, and so a header that no other reader takes for
/// one. A member of the struct that stands there twice is refused, whichever of the two is meant.
pub(super) fn object<'j, T: Deserialize<'j>>(json: &'j [u8], place: &str) -> Result<T, Malformed> {
    if json.trim_ascii_start().first() != Some(&b'{') {
        return Err(Malformed::new(place, Problem::NoObject));
    }
    serde_json::from_slice(json).map_err(|error| {
        let is_data = error.classify() == Category::Data;
        Malformed::new(place, if is_data { Problem::Twice } else { Problem::NoJson })
    })
}

/// The JSON in this string; what is no string is what it is.
pub(super) fn unpacked(value: Value, place: &str) -> Result<Value, Malformed> {
    let Value::String(text) = value else { return Ok(value) };
    if text.trim_ascii().is_empty() {
        return Ok(Value::Null);
    }
    serde_json::from_str(&text).map_err(|_| Malformed::new(place, Problem::NoJson))
}

/// An object, and how to get to it from the token's claims.
#[derive(Clone, Copy)]
pub(super) struct Members<'v> {
    members: Option<&'v Map<String, Value>>,
    place: &'static str,
}

impl<'v> Members<'v> {
    /// The members of what should be an object; `null` has none.
    pub(super) fn new(value: &'v Value, place: &'static str) -> Result<Self, Malformed> {
        match value {
            Value::Object(members) => Ok(Self { members: Some(members), place }),
            Value::Null => Ok(Self { members: None, place }),
            _ => Err(Malformed::new(format!("`{place}`"), Problem::NoObject)),
        }
    }

    /// The member of this name, unless it is missing or `null`.
    pub(super) fn get(&self, name: &str) -> Option<&'v Value> {
        self.members?.get(name).filter(|value| !value.is_null())
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<String>, Malformed> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let text = value.as_str().ok_or_else(|| self.not(name, "string"))?;
        Ok(Some(text.to_owned()))
    }

    pub(super) fn boolean(&self, name: &str) -> Result<bool, Malformed> {
        let Some(value) = self.get(name) else { return Ok(false) };
        value.as_bool().ok_or_else(|| self.not(name, "boolean"))
    }

    /// An integer; an int64 of protobuf is a string in JSON.
    pub(super) fn integer(&self, name: &str) -> Result<Option<i64>, Malformed> {
        let Some(value) = self.get(name) else { return Ok(None) };
        let integer = value.as_str().map_or_else(|| value.as_i64(), |text| text.parse().ok());
        integer.map(Some).ok_or_else(|| self.not(name, "integer"))
    }

    pub(super) fn not(&self, name: &str, what: &'static str) -> Malformed {
        Malformed::new(format!("`{}.{name}`", self.place), Problem::Not(what))
    }
}

use serde::ser::{Serialize, SerializeMap, Serializer};

/// A JSON value written in an attribute: an example or a default.
///
/// Constant data, so `null` has no place in it: Wix's types are not nullable.
///
/// ```
/// use trigger_core::schema::Literal;
///
/// let line = Literal::Object(&[("sku", Literal::String("A-1")), ("quantity", Literal::Integer(2))]);
/// assert_eq!(serde_json::to_string(&line)?, r#"{"sku":"A-1","quantity":2}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Literal {
    /// `true` or `false`
    Boolean(bool),
    /// A number without a fraction.
    Integer(i64),
    /// A number with a fraction.
    Number(f64),
    /// A string.
    String(&'static str),
    /// An array.
    Array(&'static [Literal]),
    /// An object, its members in the order in which they were written.
    Object(&'static [(&'static str, Literal)]),
}

impl Literal {
    /// Whether both are one scalar in JSON, where 12 is 12.0.
    #[allow(clippy::float_cmp, reason = "a value is chosen by its digits")]
    pub(crate) const fn is_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::String(one), Self::String(other)) => same(one, other),
            (Self::Boolean(one), Self::Boolean(other)) => *one == *other,
            _ => match (self.number(), other.number()) {
                (Some(one), Some(other)) => one == other,
                _ => false,
            },
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "an integer of a payload is exact")]
    const fn number(&self) -> Option<f64> {
        match *self {
            Self::Integer(value) => Some(value as f64),
            Self::Number(value) => Some(value),
            _ => None,
        }
    }
}

/// Whether both texts are one, in constant evaluation.
pub(crate) const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

impl Serialize for Literal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match *self {
            Self::Boolean(value) => serializer.serialize_bool(value),
            Self::Integer(value) => serializer.serialize_i64(value),
            Self::Number(value) => serializer.serialize_f64(value),
            Self::String(value) => serializer.serialize_str(value),
            Self::Array(items) => serializer.collect_seq(items),
            Self::Object(members) => {
                let mut map = serializer.serialize_map(Some(members.len()))?;
                for (name, value) in members {
                    map.serialize_entry(name, value)?;
                }
                map.end()
            }
        }
    }
}

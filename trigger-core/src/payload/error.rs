use std::fmt;

use trigger_dialect::Format;

use crate::schema::JsonType;

/// Why an event cannot be written as a payload of its schema.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::payload::{self, PayloadProblem};
/// use trigger_core::{Property, Trigger};
///
/// #[derive(Serialize, Property)]
/// struct Line {
///     quantity: u64,
/// }
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "order_placed")]
/// struct OrderPlaced {
///     lines: Vec<Line>,
/// }
///
/// let event = OrderPlaced { lines: vec![Line { quantity: 1 }, Line { quantity: u64::MAX }] };
/// let error = payload::to_vec(&event).unwrap_err();
/// assert_eq!(error.property(), "lines[1].quantity");
/// assert!(matches!(error.problem(), PayloadProblem::IntegerRange));
/// ```
// Boxed, so that the writer's results stay a word.
#[derive(Clone)]
pub struct PayloadError(Box<Inner>);

#[derive(Clone)]
struct Inner {
    property: String,
    problem: PayloadProblem,
}

/// What is wrong with the value of a property.
#[derive(Clone, Debug, thiserror::Error)]
#[non_exhaustive]
pub enum PayloadProblem {
    /// A float that JSON has no number for.
    #[error("NaN and infinities are no JSON numbers")]
    NotFinite,
    /// An integer that loses digits on its way: rule T051.
    #[error(
        "an integer beyond 2^53 loses digits on its way to Wix; make the property a string if it is an id"
    )]
    IntegerRange,
    /// A string that does not fit the property's format.
    #[error("the value does not fit `format: {}`, for example `{}`", .format.name(), .format.sample())]
    Format {
        /// The format.
        format: Format,
    },
    /// A value that is none of those that the property has.
    #[error("the value is none of those that the schema lists")]
    Value,
    /// A value of another JSON type than the schema's.
    #[error("serde writes {found} where the schema has type `{}`", .expected.name())]
    Type {
        /// What the schema has.
        expected: JsonType,
        /// What serde wrote, with its article.
        found: &'static str,
    },
    /// `null` for a required property.
    #[error("serde writes `null` for a required property; Wix's types are not nullable")]
    Null,
    /// `null` as an item of an array.
    #[error("serde writes `null` inside an array; Wix's types are not nullable")]
    NullItem,
    /// A required property that serde does not write.
    #[error("serde does not write this required property")]
    Missing,
    /// A property that the schema does not have.
    #[error("serde writes this property, and the schema does not have it")]
    Unknown,
    /// A property that is written twice, or not in its place among the fields.
    #[error("serde writes this property twice, or not in the order of the struct's fields")]
    Order,
    /// The type's own `Serialize` failed.
    #[error("{0}")]
    Serialize(String),
}

impl PayloadError {
    #[cold]
    pub(super) fn new(problem: PayloadProblem) -> Self {
        Self::at(String::new(), problem)
    }

    #[cold]
    pub(super) fn at(property: impl Into<String>, problem: PayloadProblem) -> Self {
        Self(Box::new(Inner { property: property.into(), problem }))
    }

    /// The error as the object around the value sees it.
    #[cold]
    pub(super) fn inside(self, name: &str) -> Self {
        self.below(name.to_owned())
    }

    /// The error as the array around the value sees it.
    #[cold]
    pub(super) fn inside_item(self, index: usize) -> Self {
        self.below(format!("[{index}]"))
    }

    fn below(mut self, mut path: String) -> Self {
        if !self.0.property.is_empty() && !self.0.property.starts_with('[') {
            path.push('.');
        }
        path.push_str(&self.0.property);
        self.0.property = path;
        self
    }

    /// The path of the property, such as `lines[1].quantity`; empty if the event as a whole is
    /// at fault.
    #[must_use]
    pub fn property(&self) -> &str {
        &self.0.property
    }

    /// What is wrong with its value.
    #[must_use]
    pub fn problem(&self) -> &PayloadProblem {
        &self.0.problem
    }
}

impl fmt::Display for PayloadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.property() {
            "" => write!(formatter, "the payload: {}", self.problem()),
            property => write!(formatter, "property `{property}`: {}", self.problem()),
        }
    }
}

impl fmt::Debug for PayloadError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("PayloadError")
            .field("property", &self.property())
            .field("problem", self.problem())
            .finish()
    }
}

impl std::error::Error for PayloadError {}

impl serde::ser::Error for PayloadError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self::new(PayloadProblem::Serialize(message.to_string()))
    }
}

impl From<serde_json::Error> for PayloadError {
    /// Scalars written into memory fail only where their own `Serialize` or `Display` does.
    fn from(error: serde_json::Error) -> Self {
        Self::new(PayloadProblem::Serialize(error.to_string()))
    }
}

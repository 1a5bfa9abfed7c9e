//! The payload schema as constant data.
//!
//! [`derive(Trigger)`](macro@crate::Trigger) writes one [`TriggerSpec`] for each struct, a
//! constant that holds the trigger's whole description. Everything else reads it: the
//! [`Document`] that is pasted into the app dashboard, the [writer of payloads](crate::payload)
//! and the [registry](crate::registry). Nothing is built while an app runs unless somebody asks.
//!
//! ```
//! use serde::Serialize;
//! use trigger_core::Trigger;
//! use uuid::Uuid;
//!
//! #[derive(Serialize, Trigger)]
//! #[trigger(key = "invoice_paid", entity_id = invoice_id)]
//! struct InvoicePaid {
//!     invoice_id: Uuid,
//!     #[trigger(example = "INV-0042")]
//!     number: Option<String>,
//! }
//!
//! let spec = InvoicePaid::SPEC;
//! assert_eq!(spec.key(), "invoice_paid");
//! assert_eq!(spec.name(), "Invoice paid");
//! let required: Vec<bool> = spec.properties().map(|property| property.is_required()).collect();
//! assert_eq!(required, [true, false]);
//! ```

mod document;
mod literal;
mod property;
mod row;
mod trigger;

pub use document::Document;
pub use literal::Literal;
pub(crate) use literal::same;
pub use property::{SchemaProperties, SchemaProperty, SchemaValue};
pub(crate) use row::{Judged, from_next_lead, name_in};
#[doc(hidden)]
pub use row::{Row, rows};
#[doc(hidden)]
pub use trigger::{AtDate, BuildSpec, HasCancels, HasDate, RealTime, TriggerOutline, WithCancels};
pub use trigger::{EntityIdSpec, TriggerSpec};
pub use trigger_dialect::Format;

/// The `type` of a property.
///
/// `array` and `object` stand on the first level of a payload only (Wix's article on the
/// payload schema).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum JsonType {
    /// `string`
    String,
    /// `number`
    Number,
    /// `integer`
    Integer,
    /// `boolean`
    Boolean,
    /// `object`, whose members are of the four types above
    Object,
    /// `array`, whose items are objects
    Array,
}

impl JsonType {
    /// The type as a schema names it.
    ///
    /// ```
    /// assert_eq!(trigger_core::schema::JsonType::Integer.name(), "integer");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Number => "number",
            Self::Integer => "integer",
            Self::Boolean => "boolean",
            Self::Object => "object",
            Self::Array => "array",
        }
    }
}

/// Whose id a property holds: the `identityType`.
///
/// For [`Contact`](Self::Contact) and [`Member`](Self::Member) Wix adds an object about the
/// person to the payload's root; the others stay plain ids (Wix's article on the payload schema).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Identity {
    /// `contact`: a contact of the site.
    Contact,
    /// `member`: a member of the site.
    Member,
    /// `visitor`: an anonymous visitor.
    Visitor,
    /// `user`: a Wix user, such as the site's owner.
    User,
}

impl Identity {
    /// The identity as a schema names it.
    ///
    /// ```
    /// assert_eq!(trigger_core::schema::Identity::Contact.name(), "contact");
    /// ```
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Contact => "contact",
            Self::Member => "member",
            Self::Visitor => "visitor",
            Self::User => "user",
        }
    }
}

/// What the schema knows of a Rust type: [`Property::TYPE`](crate::Property::TYPE).
#[derive(Clone, Copy, Debug)]
pub struct TypeSpec {
    #[doc(hidden)]
    pub json_type: JsonType,
    #[doc(hidden)]
    pub optional: bool,
    /// The type can write what its own format does not allow.
    #[doc(hidden)]
    pub loose: bool,
    #[doc(hidden)]
    pub format: Option<Format>,
    #[doc(hidden)]
    pub values: &'static [&'static str],
    /// The titles and descriptions of the values, if some have one.
    #[doc(hidden)]
    pub labels: &'static [Label],
    #[doc(hidden)]
    pub properties: &'static [Row],
    #[doc(hidden)]
    pub example: Option<Literal>,
    /// The `wixCustomType` that comes with the type.
    #[doc(hidden)]
    pub custom_type: Option<&'static str>,
    /// Writes a value of a type whose `Serialize` is not the derive's, so that an export can hold
    /// it to what is declared here.
    #[doc(hidden)]
    pub sample: Option<Sample>,
}

/// The title and the description of a value.
#[doc(hidden)]
pub type Label = [Option<&'static str>; 2];

/// Writes one value of a type as JSON.
#[doc(hidden)]
pub type Sample = fn() -> serde_json::Result<String>;

impl TypeSpec {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(json_type: JsonType) -> Self {
        Self {
            json_type,
            optional: false,
            loose: false,
            format: None,
            values: &[],
            labels: &[],
            properties: &[],
            example: None,
            custom_type: None,
            sample: None,
        }
    }

    /// The `type` in the schema.
    #[must_use]
    pub const fn json_type(&self) -> JsonType {
        self.json_type
    }

    /// Whether a value may be absent: the type is an `Option`.
    #[must_use]
    pub const fn is_optional(&self) -> bool {
        self.optional
    }

    /// The `format` that comes with the type.
    #[must_use]
    pub const fn format(&self) -> Option<Format> {
        self.format
    }

    /// The `wixCustomType` that comes with the type.
    ///
    /// ```
    /// use trigger_core::{Property, types::Money};
    ///
    /// assert_eq!(Money::TYPE.custom_type(), Some("MONEY"));
    /// assert_eq!(String::TYPE.custom_type(), None);
    /// ```
    #[must_use]
    pub const fn custom_type(&self) -> Option<&'static str> {
        self.custom_type
    }

    /// The values of an enum; empty for everything else.
    #[must_use]
    pub const fn values(&self) -> &'static [&'static str] {
        self.values
    }

    /// A string with a format and an example of it.
    pub(crate) const fn formatted(format: Format) -> Self {
        Self {
            format: Some(format),
            example: Some(Literal::String(format.sample())),
            ..Self::new(JsonType::String)
        }
    }

    /// A type that brings its own example.
    pub(crate) const fn with_example(json_type: JsonType, example: Literal) -> Self {
        Self { example: Some(example), ..Self::new(json_type) }
    }
}

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

pub use document::Document;
pub use literal::Literal;
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
    #[doc(hidden)]
    pub format: Option<Format>,
    #[doc(hidden)]
    pub values: &'static [&'static str],
    #[doc(hidden)]
    pub properties: &'static [PropertySpec],
    #[doc(hidden)]
    pub example: Option<Literal>,
}

impl TypeSpec {
    #[doc(hidden)]
    #[must_use]
    pub const fn new(json_type: JsonType) -> Self {
        Self {
            json_type,
            optional: false,
            format: None,
            values: &[],
            properties: &[],
            example: None,
        }
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

/// A property as the struct's field describes it, a row of the derive's table.
///
/// Read it through [`SchemaProperty`], which knows what the row cannot: whether an optional
/// struct was flattened around it.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct PropertySpec {
    pub name: &'static str,
    pub title: &'static str,
    pub description: Option<&'static str>,
    pub ty: &'static TypeSpec,
    pub format: Option<Format>,
    pub examples: &'static [Literal],
    pub default: Option<Literal>,
    pub identity: Option<Identity>,
    pub namespace: Option<&'static str>,
    pub custom_type: Option<&'static str>,
    pub future_date: bool,
    pub hidden: bool,
    /// `skip_serializing_if` stands on the field.
    pub may_be_skipped: bool,
    /// The members of the field's type stand in this row's place.
    pub flattened: bool,
}

impl PropertySpec {
    /// What stands behind `..` in the derive's rows.
    pub const REST: Self = Self {
        name: "",
        title: "",
        description: None,
        ty: &TypeSpec::new(JsonType::Object),
        format: None,
        examples: &[],
        default: None,
        identity: None,
        namespace: None,
        custom_type: None,
        future_date: false,
        hidden: false,
        may_be_skipped: false,
        flattened: false,
    };

    /// Whether the row's value may be absent, whatever stands around it.
    pub(crate) const fn is_optional(&self) -> bool {
        self.ty.optional || self.may_be_skipped
    }

    /// The type with the format that is written on the row.
    pub(crate) const fn resolved(&self) -> TypeSpec {
        TypeSpec { format: self.effective_format(), ..*self.ty }
    }

    /// The written format, or the one that comes with the type.
    pub(crate) const fn effective_format(&self) -> Option<Format> {
        match self.format {
            Some(format) => Some(format),
            None => self.ty.format,
        }
    }
}

/// A property of a payload schema.
///
/// Yielded by [`TriggerSpec::properties`] and, for the members of an object or of an array's
/// items, by [`SchemaProperty::members`]. Properties come in the order of the struct's fields,
/// those of a flattened struct in its place.
#[derive(Clone, Copy, Debug)]
pub struct SchemaProperty {
    spec: &'static PropertySpec,
    required: bool,
}

impl SchemaProperty {
    /// The key in the payload.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.spec.name
    }

    /// What the people of the site read; made from the name where none is written.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.spec.title
    }

    /// The description: the attribute, or the first paragraph of the field's doc comment.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        self.spec.description
    }

    /// The `type`.
    #[must_use]
    pub fn json_type(&self) -> JsonType {
        self.spec.ty.json_type
    }

    /// Whether every payload holds the property.
    ///
    /// If a required property is missing from a payload, the event does not activate the
    /// trigger's automations (Wix's article on the payload schema).
    #[must_use]
    pub fn is_required(&self) -> bool {
        self.required
    }

    /// The `format`: the written one, or the one that comes with the Rust type.
    #[must_use]
    pub fn format(&self) -> Option<Format> {
        self.spec.effective_format()
    }

    /// The values of an enum; empty for everything else.
    #[must_use]
    pub fn values(&self) -> &'static [&'static str] {
        self.spec.ty.values
    }

    /// The value that stands for the property where it is not sent.
    #[must_use]
    pub fn default_value(&self) -> Option<Literal> {
        self.spec.default
    }

    /// Whose id the property holds.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.spec.identity
    }

    /// What the enriched object of an identity is called instead of the identity's own name.
    #[must_use]
    pub fn namespace(&self) -> Option<&'static str> {
        self.spec.namespace
    }

    /// The `wixCustomType`.
    #[must_use]
    pub fn custom_type(&self) -> Option<&'static str> {
        self.spec.custom_type
    }

    /// Whether the trigger is scheduled at this date-time: `futureDate`.
    #[must_use]
    pub fn is_future_date(&self) -> bool {
        self.spec.future_date
    }

    /// Whether the automation builder's pickers leave the property out.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.spec.hidden
    }

    /// The members of an object, or of an array's items; nothing for everything else.
    #[must_use]
    pub fn members(&self) -> SchemaProperties {
        SchemaProperties::of(self.spec.ty.properties)
    }
}

/// The iterator over the properties of an object, flattened structs in their place.
#[derive(Clone, Debug)]
pub struct SchemaProperties {
    /// The rows left, innermost last, each with whether an optional struct stands around them.
    rows: Vec<(std::slice::Iter<'static, PropertySpec>, bool)>,
}

impl SchemaProperties {
    pub(crate) fn of(rows: &'static [PropertySpec]) -> Self {
        Self { rows: vec![(rows.iter(), false)] }
    }
}

impl Iterator for SchemaProperties {
    type Item = SchemaProperty;

    fn next(&mut self) -> Option<SchemaProperty> {
        while let Some((rows, inside_optional)) = self.rows.last_mut() {
            let inside_optional = *inside_optional;
            match rows.next() {
                None => {
                    self.rows.pop();
                }
                Some(row) if row.flattened => {
                    let optional = inside_optional || row.is_optional();
                    self.rows.push((row.ty.properties.iter(), optional));
                }
                Some(spec) => {
                    let required = !inside_optional && !spec.is_optional();
                    return Some(SchemaProperty { spec, required });
                }
            }
        }
        None
    }
}

/// The field that identifies what an event is about: events are canceled by it.
#[derive(Clone, Copy, Debug)]
pub struct EntityIdSpec {
    #[doc(hidden)]
    pub field: &'static str,
    #[doc(hidden)]
    pub property: Option<&'static str>,
}

impl EntityIdSpec {
    /// The field's name in Rust.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// The key in the payload; `None` where serde skips the field.
    #[must_use]
    pub fn property(&self) -> Option<&'static str> {
        self.property
    }
}

/// The whole description of a trigger, made by [`derive(Trigger)`](macro@crate::Trigger).
#[derive(Clone, Copy, Debug)]
pub struct TriggerSpec {
    #[doc(hidden)]
    pub key: &'static str,
    #[doc(hidden)]
    pub name: &'static str,
    #[doc(hidden)]
    pub description: Option<&'static str>,
    #[doc(hidden)]
    pub properties: &'static [PropertySpec],
    #[doc(hidden)]
    pub scheduled_at: Option<&'static str>,
    #[doc(hidden)]
    pub entity_id: Option<EntityIdSpec>,
    #[doc(hidden)]
    pub cancels: &'static [fn() -> &'static TriggerSpec],
    #[doc(hidden)]
    pub rust_type: &'static str,
    #[doc(hidden)]
    pub package: &'static str,
    #[doc(hidden)]
    pub file: &'static str,
    #[doc(hidden)]
    pub line: u32,
}

impl TriggerSpec {
    /// The trigger key: 1 to 100 small letters, digits, `_` and `-`. Wix freezes it once the
    /// trigger is published.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.key
    }

    /// The display name, 5 to 80 characters.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The description, at most 250 characters: the attribute, or the first paragraph of the
    /// struct's doc comment.
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        self.description
    }

    /// The properties of the payload, in the order of the struct's fields.
    #[must_use]
    pub fn properties(&self) -> SchemaProperties {
        SchemaProperties::of(self.properties)
    }

    /// The property that holds the date-time of a scheduled event; `None` for a real-time
    /// trigger.
    #[must_use]
    pub const fn scheduled_at(&self) -> Option<&'static str> {
        self.scheduled_at
    }

    /// What the trigger's events are canceled by; `None` where they cannot be.
    #[must_use]
    pub const fn entity_id(&self) -> Option<EntityIdSpec> {
        self.entity_id
    }

    /// The triggers whose events end when this one is reported: `cancels(…)`.
    pub fn cancels(&self) -> impl Iterator<Item = &'static Self> + use<> {
        self.cancels.iter().map(|spec| spec())
    }

    /// The struct's path, such as `invoices::InvoiceDue`.
    #[must_use]
    pub const fn rust_type(&self) -> &'static str {
        self.rust_type
    }

    /// The package that the struct stands in.
    #[must_use]
    pub const fn package(&self) -> &'static str {
        self.package
    }

    /// The file that the struct stands in, as the compiler was given it.
    #[must_use]
    pub const fn file(&self) -> &'static str {
        self.file
    }

    /// The line of the struct's name, from 1.
    #[must_use]
    pub const fn line(&self) -> u32 {
        self.line
    }

    /// The payload schema, to be pasted into the app dashboard.
    #[must_use]
    pub const fn payload_document(&'static self) -> Document {
        Document::new(self)
    }
}

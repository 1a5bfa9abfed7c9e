use super::Document;
use super::property::{PropertySpec, SchemaProperties};

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

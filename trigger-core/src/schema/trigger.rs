use super::Document;
use super::TypeSpec;
use super::property::{SchemaProperties, SchemaProperty};
use super::row::{Keyword, Row, rows};
use crate::trigger::Trigger;

/// The field that identifies what an event is about: events are canceled by it.
#[derive(Clone, Copy, Debug)]
pub struct EntityIdSpec {
    field: &'static str,
    property: Option<&'static str>,
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
    /// Key, name, description, Rust type, package, location and the field of the entity id.
    texts: &'static [&'static str; 7],
    pub(crate) rows: &'static [Row],
    cancels: &'static [fn() -> &'static TriggerSpec],
}

/// What the derive writes of a trigger.
///
/// The compiler evaluates it whenever the struct is compiled; what is made of it, only for who
/// asks.
#[doc(hidden)]
pub struct Columns {
    pub texts: &'static [&'static str; 7],
    pub properties: &'static [&'static str],
    pub keywords: &'static [(usize, Keyword)],
    pub types: &'static [&'static TypeSpec],
    pub cancels: &'static [fn() -> &'static TriggerSpec],
}

/// Makes the description of the trigger `T`.
#[doc(hidden)]
pub trait BuildSpec<T: ?Sized> {
    const SPEC: &'static TriggerSpec;
}

/// A description with `N` rows.
#[doc(hidden)]
pub struct Rows<const N: usize>;

impl<T: Trigger + ?Sized, const N: usize> BuildSpec<T> for Rows<N> {
    const SPEC: &'static TriggerSpec = &TriggerSpec {
        texts: T::COLUMNS.texts,
        rows: &rows::<N>(T::COLUMNS.properties, T::COLUMNS.keywords, T::COLUMNS.types),
        cancels: T::COLUMNS.cancels,
    };
}

impl TriggerSpec {
    /// The trigger key: 1 to 100 small letters, digits, `_` and `-`. Wix freezes it once the
    /// trigger is published.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        self.texts[0]
    }

    /// The display name, 5 to 80 characters.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.texts[1]
    }

    /// The description, at most 250 characters: the attribute, or the first paragraph of the
    /// struct's doc comment.
    #[must_use]
    pub const fn description(&self) -> Option<&'static str> {
        if self.texts[2].is_empty() { None } else { Some(self.texts[2]) }
    }

    /// The properties of the payload, in the order of the struct's fields.
    #[must_use]
    pub fn properties(&self) -> SchemaProperties {
        SchemaProperties::of(self.rows)
    }

    /// The property that holds the date-time of a scheduled event; `None` for a real-time
    /// trigger.
    #[must_use]
    pub fn scheduled_at(&self) -> Option<&'static str> {
        self.properties().find(SchemaProperty::is_future_date).map(|property| property.name())
    }

    /// What the trigger's events are canceled by; `None` where they cannot be.
    #[must_use]
    pub fn entity_id(&self) -> Option<EntityIdSpec> {
        let field = self.texts[6];
        if field.is_empty() {
            return None;
        }
        let is_id = |keyword| matches!(keyword, Keyword::EntityId).then_some(());
        let row = self.rows.iter().find(|row| row.find(is_id).is_some());
        Some(EntityIdSpec { field, property: row.map(|row| row.name) })
    }

    /// The triggers whose events end when this one is reported: `cancels(…)`.
    pub fn cancels(&self) -> impl Iterator<Item = &'static Self> + use<> {
        self.cancels.iter().map(|spec| spec())
    }

    /// The struct's path, such as `invoices::InvoiceDue`.
    #[must_use]
    pub const fn rust_type(&self) -> &'static str {
        self.texts[3]
    }

    /// The package that the struct stands in.
    #[must_use]
    pub const fn package(&self) -> &'static str {
        self.texts[4]
    }

    /// The file that the struct stands in, as the compiler was given it.
    #[must_use]
    pub fn file(&self) -> &'static str {
        self.location().rsplit_once(':').map_or(self.location(), |(file, _)| file)
    }

    /// The line of the struct's name, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        let line = self.location().rsplit_once(':').map(|(_, line)| line.parse());
        line.and_then(Result::ok).unwrap_or_default()
    }

    /// `src/lib.rs:12`
    fn location(&self) -> &'static str {
        self.texts[5]
    }

    /// The payload schema, to be pasted into the app dashboard.
    #[must_use]
    pub const fn payload_document(&'static self) -> Document {
        Document::new(self)
    }
}

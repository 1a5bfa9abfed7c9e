use super::Document;
use super::TypeSpec;
use super::property::SchemaProperties;
use super::table::{Keyword, Table};

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
    key: &'static str,
    name: &'static str,
    /// Empty where there is none.
    description: &'static str,
    rust_type: &'static str,
    package: &'static str,
    /// `src/lib.rs:12`
    location: &'static str,
    table: Table,
    cancels: &'static [fn() -> &'static TriggerSpec],
}

impl TriggerSpec {
    /// A trigger of these columns. The first six texts are the trigger's own.
    ///
    /// # Panics
    ///
    /// If there are fewer texts: a compile error.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        texts: &'static [&'static str],
        types: &'static [&'static TypeSpec],
        keywords: &'static [(usize, Keyword)],
        cancels: &'static [fn() -> &'static Self],
    ) -> Self {
        let &[key, name, description, rust_type, package, location, ref texts @ ..] = texts else {
            panic!("a trigger has six texts of its own");
        };
        let table = Table::new(texts, types, keywords);
        Self { key, name, description, rust_type, package, location, table, cancels }
    }

    pub(crate) const fn table(&self) -> Table {
        self.table
    }

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
        if self.description.is_empty() { None } else { Some(self.description) }
    }

    /// The properties of the payload, in the order of the struct's fields.
    #[must_use]
    pub fn properties(&self) -> SchemaProperties {
        SchemaProperties::of(self.table)
    }

    /// The property that holds the date-time of a scheduled event; `None` for a real-time
    /// trigger.
    #[must_use]
    pub fn scheduled_at(&self) -> Option<&'static str> {
        let mut keywords = self.table.keywords().iter();
        let scheduled = keywords.find(|(_, keyword)| matches!(keyword, Keyword::FutureDate));
        scheduled.map(|(index, _)| self.table.row(*index).name())
    }

    /// What the trigger's events are canceled by; `None` where they cannot be.
    #[must_use]
    pub fn entity_id(&self) -> Option<EntityIdSpec> {
        self.table.keywords().iter().find_map(|&(index, keyword)| match keyword {
            Keyword::EntityId(field) => {
                let in_payload = index < self.table.len();
                let property = in_payload.then(|| self.table.row(index).name());
                Some(EntityIdSpec { field, property })
            }
            _ => None,
        })
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
    pub fn file(&self) -> &'static str {
        self.location.rsplit_once(':').map_or(self.location, |(file, _)| file)
    }

    /// The line of the struct's name, from 1.
    #[must_use]
    pub fn line(&self) -> u32 {
        let line = self.location.rsplit_once(':').map(|(_, line)| line.parse());
        line.and_then(Result::ok).unwrap_or_default()
    }

    /// The payload schema, to be pasted into the app dashboard.
    #[must_use]
    pub const fn payload_document(&'static self) -> Document {
        Document::new(self)
    }
}

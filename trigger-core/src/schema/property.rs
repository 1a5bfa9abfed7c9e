use super::table::{Keyword, Row, Table};
use super::{Format, Identity, JsonType, Literal};

/// A property of a payload schema.
///
/// Yielded by [`TriggerSpec::properties`] and, for the members of an object or of an array's
/// items, by [`SchemaProperty::members`]. Properties come in the order of the struct's fields,
/// those of a flattened struct in its place.
#[derive(Clone, Copy, Debug)]
pub struct SchemaProperty {
    pub(super) row: Row,
    pub(super) required: bool,
}

impl SchemaProperty {
    /// The key in the payload.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.row.name()
    }

    /// What the people of the site read; made from the name where none is written.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.row.title
    }

    /// The description: the attribute, or the first paragraph of the field's doc comment.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        self.row.find(|keyword| match keyword {
            Keyword::Description(text) => Some(text),
            _ => None,
        })
    }

    /// The `type`.
    #[must_use]
    pub fn json_type(&self) -> JsonType {
        self.row.ty.json_type
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
        self.row.format()
    }

    /// The values of an enum; empty for everything else.
    #[must_use]
    pub fn values(&self) -> &'static [&'static str] {
        self.row.ty.values
    }

    /// The value that stands for the property where it is not sent.
    #[must_use]
    pub fn default_value(&self) -> Option<Literal> {
        self.row.find(|keyword| match keyword {
            Keyword::Default(value) => Some(value),
            _ => None,
        })
    }

    /// Whose id the property holds.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.row.find(|keyword| match keyword {
            Keyword::Identity(value) => Some(value),
            _ => None,
        })
    }

    /// What the enriched object of an identity is called instead of the identity's own name.
    #[must_use]
    pub fn namespace(&self) -> Option<&'static str> {
        self.row.find(|keyword| match keyword {
            Keyword::Namespace(value) => Some(value),
            _ => None,
        })
    }

    /// The `wixCustomType`.
    #[must_use]
    pub fn custom_type(&self) -> Option<&'static str> {
        self.row.find(|keyword| match keyword {
            Keyword::CustomType(value) => Some(value),
            _ => None,
        })
    }

    /// Whether the trigger is scheduled at this date-time: `futureDate`.
    #[must_use]
    pub fn is_future_date(&self) -> bool {
        self.has(|keyword| matches!(keyword, Keyword::FutureDate))
    }

    /// Whether the automation builder's pickers leave the property out.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.has(|keyword| matches!(keyword, Keyword::Hidden))
    }

    /// The members of an object, or of an array's items; nothing for everything else.
    #[must_use]
    pub fn members(&self) -> SchemaProperties {
        SchemaProperties::of(self.row.ty.properties)
    }

    fn has(&self, is: impl Fn(Keyword) -> bool) -> bool {
        self.row.find(|keyword| is(keyword).then_some(())).is_some()
    }
}

/// The iterator over the properties of an object, flattened structs in their place.
#[derive(Clone, Debug)]
pub struct SchemaProperties {
    /// The tables under way, innermost last.
    tables: Vec<Walk>,
}

#[derive(Clone, Debug)]
struct Walk {
    table: Table,
    next: usize,
    inside_optional: bool,
}

impl SchemaProperties {
    pub(crate) fn of(table: Table) -> Self {
        Self { tables: vec![Walk { table, next: 0, inside_optional: false }] }
    }
}

impl Iterator for SchemaProperties {
    type Item = SchemaProperty;

    fn next(&mut self) -> Option<SchemaProperty> {
        while let Some(walk) = self.tables.last_mut() {
            if walk.next == walk.table.len() {
                self.tables.pop();
                continue;
            }
            let row = walk.table.row(walk.next);
            walk.next += 1;
            let optional = walk.inside_optional || row.is_optional();
            if row.is_flattened() {
                let table = row.ty.properties;
                self.tables.push(Walk { table, next: 0, inside_optional: optional });
            } else {
                return Some(SchemaProperty { row, required: !optional });
            }
        }
        None
    }
}

use super::row::Row;
use super::{Format, Identity, JsonType, Literal};

/// A property of a payload schema.
///
/// Yielded by [`TriggerSpec::properties`](super::TriggerSpec::properties) and, for the members of
/// an object or of an array's items, by [`SchemaProperty::members`]. Properties come in the order
/// of the struct's fields, those of a flattened struct in its place.
#[derive(Clone, Copy, Debug)]
pub struct SchemaProperty {
    pub(super) row: &'static Row,
    pub(super) required: bool,
}

impl SchemaProperty {
    /// The key in the payload.
    #[must_use]
    pub fn name(&self) -> &'static str {
        self.row.name
    }

    /// What the people of the site read; made from the name where none is written.
    #[must_use]
    pub fn title(&self) -> &'static str {
        self.row.title
    }

    /// The description: the attribute, or the first paragraph of the field's doc comment.
    #[must_use]
    pub fn description(&self) -> Option<&'static str> {
        self.row.remarks().description
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

    /// The values that a condition offers: those that are written, or those of an enum; none for
    /// everything else.
    pub fn values(&self) -> impl Iterator<Item = SchemaValue> + use<> {
        self.row.choice()
    }

    /// The value that stands for the property where it is not sent.
    #[must_use]
    pub fn default_value(&self) -> Option<Literal> {
        self.row.remarks().default_value
    }

    /// Whose id the property holds.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.row.remarks().identity
    }

    /// What the enriched object of an identity is called instead of the identity's own name.
    #[must_use]
    pub fn namespace(&self) -> Option<&'static str> {
        self.row.remarks().namespace
    }

    /// The `wixCustomType`: the written one, or the one that comes with the Rust type.
    #[must_use]
    pub fn custom_type(&self) -> Option<&'static str> {
        self.row.remarks().custom_type
    }

    /// A value of the property's type as serde writes it now, for those types whose `Serialize`
    /// is not the derive's.
    #[doc(hidden)]
    #[must_use]
    pub fn sample(&self) -> Option<serde_json::Result<String>> {
        self.row.ty.sample.map(|sample| sample())
    }

    /// Whether the trigger is scheduled at this date-time: `futureDate`.
    #[must_use]
    pub fn is_future_date(&self) -> bool {
        self.row.remarks().is_future_date
    }

    /// Whether the automation builder's pickers leave the property out.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.row.remarks().is_hidden
    }

    /// The members of an object, or of an array's items; nothing for everything else.
    #[must_use]
    pub fn members(&self) -> SchemaProperties {
        SchemaProperties::of(self.row.ty.properties)
    }
}

/// A value that a condition offers for a property.
///
/// ```
/// use serde::Serialize;
/// use trigger_core::{Property, Trigger};
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "class_booked")]
/// struct ClassBooked {
///     payment: Payment,
/// }
///
/// #[derive(Serialize, Property)]
/// enum Payment {
///     #[trigger(title = "By card")]
///     Card,
///     Cash,
/// }
///
/// let payment = ClassBooked::SPEC.properties().next().expect("a property");
/// let titles: Vec<_> = payment.values().map(|value| value.title).collect();
/// assert_eq!(titles, [Some("By card"), None]);
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct SchemaValue {
    /// The value as it stands in a payload: a string, a number or a boolean.
    pub value: Literal,
    /// What the site's people read in its place.
    pub title: Option<&'static str>,
    /// What they may read besides.
    pub description: Option<&'static str>,
}

/// The iterator over the properties of an object, flattened structs in their place.
#[derive(Clone, Debug)]
pub struct SchemaProperties {
    /// The rows left of the innermost struct.
    rows: std::slice::Iter<'static, Row>,
    /// Whether an optional struct stands around them.
    inside_optional: bool,
    /// What is left of the structs around it, outermost first; most objects have none.
    outer: Vec<(std::slice::Iter<'static, Row>, bool)>,
}

impl SchemaProperties {
    pub(crate) fn of(rows: &'static [Row]) -> Self {
        Self { rows: rows.iter(), inside_optional: false, outer: Vec::new() }
    }
}

impl Iterator for SchemaProperties {
    type Item = SchemaProperty;

    fn next(&mut self) -> Option<SchemaProperty> {
        loop {
            let Some(row) = self.rows.next() else {
                (self.rows, self.inside_optional) = self.outer.pop()?;
                continue;
            };
            let optional = self.inside_optional || row.is_optional;
            if !row.is_flattened {
                return Some(SchemaProperty { row, required: !optional });
            }
            let inner = row.ty.properties.iter();
            let around = std::mem::replace(&mut self.rows, inner);
            self.outer.push((around, self.inside_optional));
            self.inside_optional = optional;
        }
    }
}

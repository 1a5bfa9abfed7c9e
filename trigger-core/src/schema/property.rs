use super::{Format, Identity, JsonType, Literal, TypeSpec};

/// A property as the struct's field describes it, a row of the derive's table.
///
/// Read it through [`SchemaProperty`], which knows what the row cannot: whether an optional
/// struct was flattened around it.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
#[expect(clippy::struct_excessive_bools, reason = "a row of independent keywords")]
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
    #[must_use]
    pub const fn resolved(&self) -> TypeSpec {
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
    pub(super) spec: &'static PropertySpec,
    pub(super) required: bool,
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

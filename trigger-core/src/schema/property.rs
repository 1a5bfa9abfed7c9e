use super::{Format, Identity, JsonType, Literal, TypeSpec};

/// A property as the struct's field describes it, a row of the derive's table.
///
/// Read it through [`SchemaProperty`], which knows what the row cannot: whether an optional
/// struct was flattened around it.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub struct PropertySpec {
    pub name: &'static str,
    pub title: &'static str,
    pub ty: &'static TypeSpec,
    /// What else was written, and nothing for what was not: most fields have one or none of
    /// them, and what a row does not say costs the compiler nothing.
    pub keywords: &'static [Keyword],
}

/// What may be said of a property besides its name, title and type.
#[derive(Clone, Copy, Debug)]
#[doc(hidden)]
pub enum Keyword {
    Description(&'static str),
    Format(Format),
    Examples(&'static [Literal]),
    Default(Literal),
    Identity(Identity),
    Namespace(&'static str),
    CustomType(&'static str),
    FutureDate,
    Hidden,
    /// `skip_serializing_if` stands on the field.
    MayBeSkipped,
    /// The members of the field's type stand in this row's place.
    Flattened,
}

/// The value of the first keyword of that form.
macro_rules! written {
    ($row:ident, $keyword:pat => $value:expr) => {{
        let mut at = 0;
        while at < $row.keywords.len() {
            if let $keyword = $row.keywords[at] {
                return Some($value);
            }
            at += 1;
        }
        None
    }};
}

impl PropertySpec {
    pub(crate) const fn is_flattened(&self) -> bool {
        const fn flattened(row: &PropertySpec) -> Option<()> {
            written!(row, Keyword::Flattened => ())
        }
        flattened(self).is_some()
    }

    /// Whether the row's value may be absent, whatever stands around it.
    pub(crate) const fn is_optional(&self) -> bool {
        const fn may_be_skipped(row: &PropertySpec) -> Option<()> {
            written!(row, Keyword::MayBeSkipped => ())
        }
        self.ty.optional || may_be_skipped(self).is_some()
    }

    /// The type with the format that is written on the row.
    pub(crate) const fn resolved(&self) -> TypeSpec {
        TypeSpec { format: self.format(), ..*self.ty }
    }

    /// The written format, or the one that comes with the type.
    pub(crate) const fn format(&self) -> Option<Format> {
        const fn format(row: &PropertySpec) -> Option<Format> {
            written!(row, Keyword::Format(format) => format)
        }
        match format(self) {
            Some(format) => Some(format),
            None => self.ty.format,
        }
    }

    /// The written examples; none where the type's own stand for them.
    pub(crate) fn examples(&self) -> &'static [Literal] {
        self.find(|keyword| match keyword {
            Keyword::Examples(examples) => Some(examples),
            _ => None,
        })
        .unwrap_or_default()
    }

    fn find<T>(&self, of: impl Fn(Keyword) -> Option<T>) -> Option<T> {
        self.keywords.iter().find_map(|keyword| of(*keyword))
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
        self.spec.find(|keyword| match keyword {
            Keyword::Description(text) => Some(text),
            _ => None,
        })
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
        self.spec.format()
    }

    /// The values of an enum; empty for everything else.
    #[must_use]
    pub fn values(&self) -> &'static [&'static str] {
        self.spec.ty.values
    }

    /// The value that stands for the property where it is not sent.
    #[must_use]
    pub fn default_value(&self) -> Option<Literal> {
        self.spec.find(|keyword| match keyword {
            Keyword::Default(value) => Some(value),
            _ => None,
        })
    }

    /// Whose id the property holds.
    #[must_use]
    pub fn identity(&self) -> Option<Identity> {
        self.spec.find(|keyword| match keyword {
            Keyword::Identity(value) => Some(value),
            _ => None,
        })
    }

    /// What the enriched object of an identity is called instead of the identity's own name.
    #[must_use]
    pub fn namespace(&self) -> Option<&'static str> {
        self.spec.find(|keyword| match keyword {
            Keyword::Namespace(value) => Some(value),
            _ => None,
        })
    }

    /// The `wixCustomType`.
    #[must_use]
    pub fn custom_type(&self) -> Option<&'static str> {
        self.spec.find(|keyword| match keyword {
            Keyword::CustomType(value) => Some(value),
            _ => None,
        })
    }

    /// Whether the trigger is scheduled at this date-time: `futureDate`.
    #[must_use]
    pub fn is_future_date(&self) -> bool {
        self.spec.keywords.iter().any(|keyword| matches!(keyword, Keyword::FutureDate))
    }

    /// Whether the automation builder's pickers leave the property out.
    #[must_use]
    pub fn is_hidden(&self) -> bool {
        self.spec.keywords.iter().any(|keyword| matches!(keyword, Keyword::Hidden))
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
                Some(row) if row.is_flattened() => {
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

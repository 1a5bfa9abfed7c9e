use std::fmt;

use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};

use super::row::Remarks;
use super::{
    Format, Identity, JsonType, Literal, Row, SchemaProperties, SchemaProperty, SchemaValue,
    TriggerSpec, TypeSpec,
};

/// What Wix writes into every schema that it saves.
const DRAFT: &str = "http://json-schema.org/draft-07/schema";

/// A trigger's payload schema as it is pasted into the app dashboard.
///
/// It is streamed from the trigger's constants whenever it is [displayed](fmt::Display) (as
/// pretty JSON that ends without a line break) or [serialized](Serialize). Its keys have one
/// order, whatever features the rest of the build turns on: properties stand in the order of the
/// struct's fields. `$schema` and `additionalProperties` are what Wix sets them to on save
/// (Wix's article on the payload schema).
///
/// ```
/// use serde::Serialize;
/// use trigger_core::Trigger;
///
/// #[derive(Serialize, Trigger)]
/// #[trigger(key = "class_full", name = "Class full")]
/// struct ClassFull {
///     /// Seats that were taken.
///     seats: u32,
/// }
///
/// assert_eq!(ClassFull::payload_document().to_string(), r#"{
///   "$schema": "http://json-schema.org/draft-07/schema",
///   "type": "object",
///   "properties": {
///     "seats": {
///       "type": "integer",
///       "title": "Seats",
///       "description": "Seats that were taken.",
///       "examples": [
///         1
///       ]
///     }
///   },
///   "required": [
///     "seats"
///   ],
///   "additionalProperties": true
/// }"#);
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Document {
    trigger: &'static TriggerSpec,
}

impl Document {
    pub(crate) const fn new(trigger: &'static TriggerSpec) -> Self {
        Self { trigger }
    }

    /// The document as a [`schemars::Schema`], for whatever takes one. The order of its keys is
    /// `serde_json`'s affair.
    #[must_use]
    pub fn to_schema(&self) -> schemars::Schema {
        match serde_json::to_value(self) {
            Ok(serde_json::Value::Object(members)) => members.into(),
            // Constant data always serializes, and a document is an object.
            _ => schemars::Schema::default(),
        }
    }
}

impl fmt::Display for Document {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?;
        formatter.write_str(&text)
    }
}

impl Serialize for Document {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut root = serializer.serialize_map(None)?;
        root.serialize_entry("$schema", DRAFT)?;
        root.serialize_entry("type", JsonType::Object.name())?;
        let whole = self.trigger.whole();
        entry_if(&mut root, "title", whole.title)?;
        entry_if(&mut root, "description", whole.description)?;
        entry_if(&mut root, "default", whole.default_value)?;
        entry_if(&mut root, "examples", (!whole.examples.is_empty()).then_some(whole.examples))?;
        object_entries(&mut root, self.trigger.rows, Level::First)?;
        root.serialize_entry("additionalProperties", &true)?;
        root.end()
    }
}

/// Where a property stands: only those of the first level have examples.
#[derive(Clone, Copy, PartialEq)]
enum Level {
    First,
    Second,
}

/// Writes `properties`, and `required` where a property is.
fn object_entries<M: SerializeMap>(
    map: &mut M,
    rows: &'static [Row],
    level: Level,
) -> Result<(), M::Error> {
    map.serialize_entry("properties", &Properties { rows, level })?;
    match SchemaProperties::of(rows).filter(SchemaProperty::is_required).count() {
        0 => Ok(()),
        count => map.serialize_entry("required", &Required { rows, count }),
    }
}

struct Properties {
    rows: &'static [Row],
    level: Level,
}

impl Serialize for Properties {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            SchemaProperties::of(self.rows).map(|property| {
                (property.name(), PropertyDocument { property, level: self.level })
            }),
        )
    }
}

struct Required {
    rows: &'static [Row],
    count: usize,
}

impl Serialize for Required {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut names = serializer.serialize_seq(Some(self.count))?;
        for property in SchemaProperties::of(self.rows).filter(SchemaProperty::is_required) {
            names.serialize_element(property.name())?;
        }
        names.end()
    }
}

struct PropertyDocument {
    property: SchemaProperty,
    level: Level,
}

impl Serialize for PropertyDocument {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let property = self.property;
        let remarks = property.row.remarks();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", property.json_type().name())?;
        map.serialize_entry("title", property.title())?;
        entry_if(&mut map, "description", remarks.description)?;
        entry_if(&mut map, "format", property.format().map(Format::name))?;
        choice_entry(&mut map, property)?;
        entry_if(&mut map, "wixCustomType", remarks.custom_type)?;
        entry_if(&mut map, "identityType", remarks.identity.map(Identity::name))?;
        entry_if(&mut map, "namespace", remarks.namespace)?;
        entry_if(&mut map, "futureDate", remarks.is_future_date.then_some(true))?;
        entry_if(&mut map, "hidden", remarks.is_hidden.then_some(true))?;
        entry_if(&mut map, "default", remarks.default_value)?;
        if self.level == Level::First {
            let row = property.row;
            map.serialize_entry("examples", &Examples { row, are_written: remarks.has_examples })?;
        }
        let rows = property.row.ty.properties;
        match property.json_type() {
            JsonType::Object => object_entries(&mut map, rows, Level::Second)?,
            JsonType::Array => {
                let Remarks { items_title: title, items_description: description, .. } = remarks;
                map.serialize_entry("items", &Items { rows, title, description })?;
            }
            _ => {}
        }
        map.end()
    }
}

fn entry_if<M: SerializeMap>(
    map: &mut M,
    key: &'static str,
    value: Option<impl Serialize>,
) -> Result<(), M::Error> {
    match value {
        Some(value) => map.serialize_entry(key, &value),
        None => Ok(()),
    }
}

/// Writes `enum`, or `oneOf` where the values have a place for titles.
fn choice_entry<M: SerializeMap>(map: &mut M, property: SchemaProperty) -> Result<(), M::Error> {
    let values = || property.values();
    if values().next().is_none() {
        return Ok(());
    }
    if property.row.is_one_of() {
        return map.serialize_entry("oneOf", &values().map(OneOf).collect::<Vec<_>>());
    }
    map.serialize_entry("enum", &values().map(|value| value.value).collect::<Vec<_>>())
}

/// A value with its title.
struct OneOf(SchemaValue);

impl Serialize for OneOf {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("const", &self.0.value)?;
        entry_if(&mut map, "title", self.0.title)?;
        entry_if(&mut map, "description", self.0.description)?;
        map.end()
    }
}

struct Items {
    rows: &'static [Row],
    title: Option<&'static str>,
    description: Option<&'static str>,
}

impl Serialize for Items {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("type", JsonType::Object.name())?;
        entry_if(&mut map, "title", self.title)?;
        entry_if(&mut map, "description", self.description)?;
        object_entries(&mut map, self.rows, Level::Second)?;
        map.end()
    }
}

/// The examples of a property: the written ones, or one.
struct Examples {
    row: &'static Row,
    are_written: bool,
}

impl Serialize for Examples {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.are_written {
            return serializer.collect_seq(self.row.examples());
        }
        serializer.collect_seq([Example { row: self.row }])
    }
}

/// The first written example, the first value of a choice, or the example of the type.
struct Example {
    row: &'static Row,
}

impl Serialize for Example {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let of_choice = || self.row.written_choice().next().map(|value| value.value);
        match self.row.examples().next().or_else(of_choice) {
            Some(example) => example.serialize(serializer),
            None => TypeExample { ty: self.row.ty }.serialize(serializer),
        }
    }
}

/// The type's own example, or one put together from the members' examples.
struct TypeExample {
    ty: &'static TypeSpec,
}

impl Serialize for TypeExample {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let members = MembersExample { rows: self.ty.properties };
        match (self.ty.example, self.ty.json_type) {
            (Some(example), _) => example.serialize(serializer),
            (None, JsonType::Array) => serializer.collect_seq([members]),
            (None, JsonType::Object) => members.serialize(serializer),
            // The derive refuses a plain string without an example.
            (None, _) => Literal::String("").serialize(serializer),
        }
    }
}

struct MembersExample {
    rows: &'static [Row],
}

impl Serialize for MembersExample {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(
            SchemaProperties::of(self.rows)
                .map(|member| (member.name(), Example { row: member.row })),
        )
    }
}

//! A trigger at one time: as it is now, or as it was when it was published.

use serde::de::IgnoredAny;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use trigger_core::schema::{Document, TriggerSpec};

use super::schema::{Schema, present};

/// The number of the form that a record of what is published has.
pub const FORMAT_VERSION: u32 = 1;

/// A trigger at one time, as far as Wix and the automations of sites know it.
#[derive(Clone, Debug)]
pub struct Snapshot {
    pub(crate) key: String,
    pub(crate) package: Option<String>,
    /// `None` where only the payload schema is known.
    pub(crate) texts: Option<Texts>,
    /// `None` where only the payload schema is known.
    pub(super) entity_id: Option<EntityId>,
    pub(super) schema: Schema,
}

/// The property that events are canceled by, if they can be by one.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(transparent)]
pub(super) struct EntityId(pub(super) Option<String>);

/// What people read of a trigger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Texts {
    pub(crate) name: String,
    pub(crate) description: Option<String>,
}

/// What stands in the record of a published trigger.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Record {
    format_version: u32,
    key: &'static str,
    name: &'static str,
    description: Option<&'static str>,
    package: &'static str,
    entity_id: Option<&'static str>,
    schema: Document,
}

impl Record {
    pub(crate) fn of(trigger: &'static TriggerSpec) -> Self {
        Self {
            format_version: FORMAT_VERSION,
            key: trigger.key(),
            name: trigger.name(),
            description: trigger.description(),
            package: trigger.package(),
            entity_id: entity_id(trigger),
            schema: trigger.payload_document(),
        }
    }
}

/// An id that is no property is asked of the binary alone, and nothing tells when it moves.
fn entity_id(trigger: &TriggerSpec) -> Option<&'static str> {
    trigger.entity_id().and_then(|id| id.property())
}

/// What tells a record from a bare schema, and its form.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Head {
    format_version: Option<Value>,
    schema: Option<IgnoredAny>,
}

impl Head {
    fn read(text: &str) -> Result<Self, SnapshotError> {
        let head: Self = serde_json::from_str(text).map_err(SnapshotError::of)?;
        match &head.format_version {
            Some(version) if *version != FORMAT_VERSION => Err(SnapshotError::of_version(version)),
            _ => Ok(head),
        }
    }
}

/// A record as it is read.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Body {
    key: String,
    name: String,
    description: Option<String>,
    package: Option<String>,
    #[serde(default, deserialize_with = "present")]
    entity_id: Option<EntityId>,
    schema: Schema,
}

impl Snapshot {
    /// A linked trigger, as it is now.
    ///
    /// # Errors
    ///
    /// Never, in truth: a document that the derive made is a payload schema.
    pub fn of(trigger: &'static TriggerSpec) -> Result<Self, SnapshotError> {
        let text = trigger.payload_document().to_string();
        Ok(Self {
            key: trigger.key().to_owned(),
            package: Some(trigger.package().to_owned()),
            texts: Some(Texts {
                name: trigger.name().to_owned(),
                description: trigger.description().map(str::to_owned),
            }),
            entity_id: Some(EntityId(entity_id(trigger).map(str::to_owned))),
            schema: schema(&text)?,
        })
    }

    /// What stands in a text: a record of `mark-published`, or the bare payload schema of the
    /// trigger with this key.
    ///
    /// # Errors
    ///
    /// If it is neither, or a record of another version's form.
    pub fn read(text: &str, key: &str) -> Result<Self, SnapshotError> {
        if Head::read(text)?.schema.is_none() {
            let schema = schema(text)?;
            let key = key.to_owned();
            return Ok(Self { key, package: None, texts: None, entity_id: None, schema });
        }
        let body: Body = serde_json::from_str(text).map_err(SnapshotError::of)?;
        let Body { key, name, description, package, entity_id, schema } = body;
        check(&schema)?;
        let texts = Some(Texts { name, description });
        Ok(Self { key, package, texts, entity_id, schema })
    }

    /// As [`read`](Self::read), from a file, whose form may be that of another version.
    pub(crate) fn of_file(text: &str, key: &str) -> Result<Self, SnapshotError> {
        match Head::read(text)? {
            Head { format_version: None, schema: Some(_) } => Err(SnapshotError::NoVersion),
            _ => Self::read(text, key),
        }
    }

    /// The trigger's key.
    #[must_use]
    pub fn key(&self) -> &str {
        &self.key
    }
}

fn schema(text: &str) -> Result<Schema, SnapshotError> {
    let schema: Schema = serde_json::from_str(text).map_err(SnapshotError::of)?;
    check(&schema)?;
    Ok(schema)
}

/// Another JSON object would look like a schema all of whose properties are gone.
fn check(schema: &Schema) -> Result<(), SnapshotError> {
    let is_object = schema.json_type.as_deref().is_none_or(|name| name == "object");
    if !is_object || schema.properties.is_empty() {
        return Err(SnapshotError::NoSchema);
    }
    match schema.required_of_nothing() {
        Some((pointer, name)) => {
            Err(SnapshotError::RequiredOfNothing { pointer, name: name.to_owned() })
        }
        None => Ok(()),
    }
}

/// Why a text is no trigger.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SnapshotError {
    /// It is no JSON.
    #[error("it is no JSON")]
    NoJson(#[source] serde_json::Error),
    /// It is JSON, but something in it is of a type that no payload schema has there.
    #[error("it is JSON, but no payload schema")]
    Unexpected(#[source] serde_json::Error),
    /// It has no properties.
    #[error("it is JSON, but no payload schema: it describes no properties of an object")]
    NoSchema,
    /// It requires what it does not describe.
    #[error(
        "{pointer} names `{name}`, which is no property there: no event that lacks it activates an \
         automation; paste the schema of `cargo xtask export-schemas` into the dashboard first"
    )]
    RequiredOfNothing {
        /// The list of what is required: a JSON pointer.
        pointer: String,
        /// What it names.
        name: String,
    },
    /// A newer version of these tools wrote it.
    #[error(
        "it has the format version {version}, and this program knows {FORMAT_VERSION}: a newer \
         trigger-xtask wrote it"
    )]
    Newer {
        /// What it says.
        version: u32,
    },
    /// An older version of these tools wrote it.
    #[error(
        "it has the format version {version}, and this program knows {FORMAT_VERSION}: an older \
         trigger-xtask wrote it"
    )]
    Older {
        /// What it says.
        version: u32,
    },
    /// It says a version that none can be.
    #[error("its `formatVersion` is {version}, and this program knows {FORMAT_VERSION}")]
    NotAVersion {
        /// What it says, as JSON.
        version: String,
    },
    /// It is a record, and says no version.
    #[error("it is a record without a `formatVersion`, and this program knows {FORMAT_VERSION}")]
    NoVersion,
}

impl SnapshotError {
    fn of(error: serde_json::Error) -> Self {
        if error.is_data() { Self::Unexpected(error) } else { Self::NoJson(error) }
    }

    fn of_version(version: &Value) -> Self {
        match version.as_u64().map(u32::try_from) {
            Some(Ok(version)) if version > FORMAT_VERSION => Self::Newer { version },
            Some(Ok(version)) => Self::Older { version },
            _ => Self::NotAVersion { version: version.to_string() },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(text: &str) -> SnapshotError {
        Snapshot::read(text, "class_full").expect_err("no trigger")
    }

    #[test]
    fn what_is_no_trigger_is_told_apart() {
        assert!(matches!(refused("{"), SnapshotError::NoJson(_)));
        assert!(matches!(refused("[]"), SnapshotError::Unexpected(_)));
        assert!(matches!(refused("{}"), SnapshotError::NoSchema));
        assert!(matches!(refused(r#"{"type":"object","properties":{}}"#), SnapshotError::NoSchema));
        assert!(matches!(refused(r#"{"formatVersion":2}"#), SnapshotError::Newer { version: 2 }));
        assert!(matches!(refused(r#"{"formatVersion":0}"#), SnapshotError::Older { version: 0 }));
        let union = r#"{"properties":{"seats":{"type":["integer","null"]}}}"#;
        assert!(matches!(refused(union), SnapshotError::Unexpected(_)));
    }

    #[test]
    fn what_requires_a_property_that_is_none_is_told_where() {
        for (schema, pointer) in [
            (r#"{"properties":{"a":{}},"required":["a","ghost"]}"#, "/required"),
            (
                r#"{"properties":{"a/b":{"items":{"properties":{},"required":["ghost"]}}}}"#,
                "/properties/a~1b/items/required",
            ),
        ] {
            let told = refused(schema).to_string();
            let expected = format!("{pointer} names `ghost`, which is no property there: ");
            assert!(told.starts_with(&expected), "{told}");
        }
    }

    #[test]
    fn a_version_that_none_can_be_is_told() {
        for version in [r#""1""#, "-1", "1.5", "[1]", "99999999999"] {
            let text = format!(r#"{{"formatVersion":{version},"schema":{{}}}}"#);
            let error = refused(&text);
            assert!(matches!(error, SnapshotError::NotAVersion { .. }), "{version}: {error}");
            assert!(error.to_string().contains(&format!(" is {version}, ")), "{error}");
        }
    }

    #[test]
    fn a_file_of_a_record_says_its_version() {
        for version in ["", r#""formatVersion":null,"#] {
            let text = format!(r#"{{{version}"key":"class_full","name":"","schema":{{}}}}"#);
            let error = Snapshot::of_file(&text, "class_full").expect_err("no version");
            assert!(matches!(error, SnapshotError::NoVersion), "{error}");
        }
        let schema = r#"{"properties":{"seats":{"type":"integer"}}}"#;
        assert!(Snapshot::of_file(schema, "class_full").is_ok());
    }

    #[test]
    fn deep_nesting_is_an_error_and_no_crash() {
        let deep = format!("{}{}", r#"{"properties":{"a":"#.repeat(100_000), "}}".repeat(100_000));
        assert!(matches!(refused(&deep), SnapshotError::NoJson(_)));
    }
}

//! A payload schema as the comparison reads it.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use crate::judge::pointer_of;

/// The root of a schema, a property, a member, or what an array's items are.
///
/// The maps and sets have an order of their own, so that none of the document's is left.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(super) struct Schema {
    #[serde(rename = "type")]
    pub(super) json_type: Option<String>,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
    pub(super) format: Option<String>,
    pub(super) examples: Option<Vec<Value>>,
    #[serde(deserialize_with = "present")]
    pub(super) default: Option<Value>,
    #[serde(rename = "enum")]
    pub(super) values: Option<Vec<Value>>,
    pub(super) one_of: Option<Vec<Choice>>,
    pub(super) hidden: bool,
    pub(super) identity_type: Option<String>,
    pub(super) namespace: Option<String>,
    pub(super) future_date: bool,
    pub(super) wix_custom_type: Option<String>,
    pub(super) properties: BTreeMap<String, Schema>,
    pub(super) required: BTreeSet<String>,
    pub(super) items: Option<Box<Schema>>,
    /// What is in no dialect of Wix's.
    #[serde(flatten)]
    pub(super) others: BTreeMap<String, Value>,
}

/// A value that is there, be it `null`.
pub(super) fn present<'de, T: Deserialize<'de>, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

/// A value of a `oneOf`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub(super) struct Choice {
    #[serde(rename = "const")]
    pub(super) value: Value,
    pub(super) title: Option<String>,
    pub(super) description: Option<String>,
}

impl Schema {
    /// The properties of the dates that events happen at: one, or none.
    pub(super) fn dates(&self) -> impl Iterator<Item = &str> {
        let dates = self.properties.iter().filter(|(_, property)| property.future_date);
        dates.map(|(name, _)| name.as_str())
    }

    /// Where a list of what is required names something that is no property, and its name.
    pub(super) fn required_of_nothing(&self) -> Option<(String, &str)> {
        if let Some(name) = self.required.iter().find(|name| !self.properties.contains_key(*name)) {
            return Some(("/required".to_owned(), name));
        }
        let members = self
            .properties
            .iter()
            .map(|(name, member)| (format!("/properties{}", pointer_of([name.as_str()])), member));
        let items = self.items.iter().map(|items| ("/items".to_owned(), &**items));
        members.chain(items).find_map(|(at, schema)| {
            let (below, name) = schema.required_of_nothing()?;
            Some((format!("{at}{below}"), name))
        })
    }

    /// What the object is called that Wix adds about a person.
    pub(super) fn namespace_of_identity(&self) -> Option<&str> {
        self.namespace.as_deref().or(self.identity_type.as_deref())
    }
}

//! What one needs of a trigger in Wix's dashboard, beside its key and name.

use serde::Deserialize;
use serde_json::Value;
use trigger_core::schema::TriggerSpec;

/// What an app needs to report events.
const REPORT_EVENT: &str = "AUTOMATIONS.REPORT_EVENT";
/// What an app needs to cancel events.
const CANCEL_EVENT: &str = "AUTOMATIONS.CANCEL_EVENT";

/// As `_triggers.json` tells it. A payload schema that stands alone says less.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct About {
    /// The schema, as it is pasted.
    #[serde(skip)]
    pub(crate) document: String,
    pub(crate) description: Option<String>,
    #[serde(default = "all_permissions")]
    pub(crate) permissions: Vec<String>,
    /// What its events are canceled by, if that is told.
    pub(crate) entity_id: Option<EntityId>,
    /// The triggers whose events a report of this one cancels.
    #[serde(default)]
    pub(crate) cancels: Vec<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct EntityId {
    pub(crate) field: String,
    pub(crate) property: Option<String>,
}

fn all_permissions() -> Vec<String> {
    [REPORT_EVENT, CANCEL_EVENT].map(str::to_owned).into()
}

impl About {
    /// Nobody says whether the events of such a schema are to be canceled: they may be.
    pub(super) fn of_schema(schema: &Value) -> Self {
        let document = serde_json::to_string_pretty(schema).unwrap_or_default() + "\n";
        let description = schema["description"].as_str().map(str::to_owned);
        Self { document, description, permissions: all_permissions(), ..Self::default() }
    }

    pub(super) fn of(trigger: &'static TriggerSpec) -> Self {
        let entity_id = trigger.entity_id().map(|id| EntityId {
            field: id.field().to_owned(),
            property: id.property().map(str::to_owned),
        });
        let cancels: Vec<_> = trigger.cancels().map(|other| other.key().to_owned()).collect();
        let mut permissions = vec![REPORT_EVENT.to_owned()];
        if entity_id.is_some() || !cancels.is_empty() {
            permissions.push(CANCEL_EVENT.to_owned());
        }
        Self {
            document: format!("{}\n", trigger.payload_document()),
            description: trigger.description().map(str::to_owned),
            permissions,
            entity_id,
            cancels,
        }
    }
}

/// A part of a pretty document as it would stand alone in a file: the schema within
/// `_triggers.json` is that of `KEY.json`, further in. No text of JSON has a line break in it.
pub(super) fn unindented(part: &str) -> String {
    let last = part.lines().last().unwrap_or_default();
    let indent = &last[..last.len() - last.trim_start().len()];
    let lines = part.lines().map(|line| line.strip_prefix(indent).unwrap_or(line));
    lines.collect::<Vec<_>>().join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::trigger::TriggerDefinition;

    /// What is pasted into the dashboard is what the export wrote, to the byte.
    #[test]
    fn the_document_of_an_export_is_the_exported_file() {
        let schemas = Path::new(env!("CARGO_MANIFEST_DIR")).join("../schemas");
        let export = fs::read_to_string(schemas.join("_triggers.json")).expect("an export");
        let triggers = TriggerDefinition::of_export(&export).expect("triggers");
        assert!(triggers.len() > 5);
        for trigger in triggers {
            let file = schemas.join(format!("{}.json", trigger.key()));
            let written = fs::read_to_string(file).expect("a schema");
            assert_eq!(trigger.about().document, written, "{}", trigger.key());
        }
    }

    #[test]
    fn the_document_of_a_file_is_the_file() {
        let folder = tempfile::tempdir().expect("a folder");
        let text = "{\"type\":\"object\",  \"properties\": {\"b\": {\"type\": \"string\"}, \"a\": {\"type\": \"string\"}}}\n\n";
        fs::write(folder.path().join("class_full.json"), text).expect("a file");
        let triggers = TriggerDefinition::of_folder(folder.path()).expect("triggers");
        assert_eq!(triggers[0].about().document, text);
    }
}

//! The files of an export, as texts.

use trigger_core::schema::TriggerSpec;
use trigger_dialect::Rule;

use super::manifest::{self, MANIFEST};
use super::{Triggers, readme};
use crate::judge::{self, Finding};
use crate::samples;

/// The name of the guide.
pub(super) const README: &str = "README.md";

/// A file of the export.
pub(super) struct Artifact {
    pub(super) name: String,
    pub(super) text: String,
}

impl Artifact {
    /// `KEY.json`.
    pub(super) fn schema(trigger: &'static TriggerSpec) -> Self {
        Self { name: schema_file(trigger), text: format!("{}\n", trigger.payload_document()) }
    }

    /// `README.md`.
    pub(super) fn readme(triggers: Triggers<'_>) -> Self {
        Self { name: README.to_owned(), text: readme::text(triggers) }
    }

    /// `_triggers.json`, which names the other files and those of earlier exports that are kept.
    pub(super) fn manifest(triggers: Triggers<'_>, others: &[Self], kept: &[String]) -> Self {
        let others = others.iter().map(|artifact| artifact.name.as_str());
        let files = others.chain(kept.iter().map(String::as_str));
        Self { name: MANIFEST.to_owned(), text: manifest::text(triggers, files.collect()) }
    }
}

/// The name of a trigger's schema file.
pub(super) fn schema_file(trigger: &TriggerSpec) -> String {
    format!("{}.json", trigger.key())
}

/// What is wrong with a trigger's document, or with the types that it describes.
pub(super) fn findings(trigger: &'static TriggerSpec) -> Vec<Finding> {
    match serde_json::to_value(trigger.payload_document()) {
        Ok(document) => {
            [judge::document(&document), samples::findings(trigger, &document)].concat()
        }
        // Constant data always serializes; if it should not, the document is at fault.
        Err(error) => vec![Finding::new(Rule::ROOT_OBJECT, "", error)],
    }
}

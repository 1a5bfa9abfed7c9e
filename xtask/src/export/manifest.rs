//! `_triggers.json`: all triggers for programs, and the names of the export's files.

use serde::{Deserialize, Serialize};
use trigger_core::schema::{Document, SchemaProperty, TriggerSpec};

use super::artifact::{Artifact, README, schema_file};
use super::folder::Folder;
use super::{ExportError, Triggers};

/// The name of the manifest.
pub(super) const MANIFEST: &str = "_triggers.json";

/// The number of the manifest's form. Who reads another one gives up.
const FORMAT_VERSION: u32 = 1;

/// What an app needs to report events.
pub(super) const REPORT_EVENT: &str = "AUTOMATIONS.REPORT_EVENT";
/// What an app needs to cancel events.
pub(super) const CANCEL_EVENT: &str = "AUTOMATIONS.CANCEL_EVENT";

/// The permissions that an app needs for these triggers.
pub(super) fn permissions(triggers: Triggers<'_>) -> Vec<&'static str> {
    let cancels =
        |trigger: &TriggerSpec| trigger.entity_id().is_some() || trigger.cancels().next().is_some();
    if triggers.iter().any(|trigger| cancels(trigger)) {
        vec![REPORT_EVENT, CANCEL_EVENT]
    } else {
        vec![REPORT_EVENT]
    }
}

/// The manifest as a program reads it. Nothing in it depends on where or when it was written.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Written<'a> {
    format_version: u32,
    permissions: Vec<&'static str>,
    triggers: Vec<Entry>,
    files: Vec<&'a str>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Entry {
    key: &'static str,
    name: &'static str,
    description: Option<&'static str>,
    kind: &'static str,
    scheduled_at: Option<&'static str>,
    entity_id: Option<EntityId>,
    identities: Vec<Identity>,
    cancels: Vec<&'static str>,
    permissions: Vec<&'static str>,
    package: &'static str,
    rust_type: &'static str,
    schema_file: String,
    schema: Document,
}

#[derive(Serialize)]
struct EntityId {
    field: &'static str,
    property: Option<&'static str>,
}

#[derive(Serialize)]
struct Identity {
    #[serde(rename = "identityType")]
    kind: &'static str,
    property: &'static str,
    namespace: Option<&'static str>,
}

impl Entry {
    fn new(trigger: &'static TriggerSpec) -> Self {
        let entity_id =
            trigger.entity_id().map(|id| EntityId { field: id.field(), property: id.property() });
        Self {
            key: trigger.key(),
            name: trigger.name(),
            description: trigger.description(),
            kind: if trigger.scheduled_at().is_some() { "scheduled" } else { "real-time" },
            scheduled_at: trigger.scheduled_at(),
            entity_id,
            identities: trigger.properties().filter_map(Identity::new).collect(),
            cancels: trigger.cancels().map(TriggerSpec::key).collect(),
            permissions: permissions(&[trigger]),
            package: trigger.package(),
            rust_type: trigger.rust_type(),
            schema_file: schema_file(trigger),
            schema: trigger.payload_document(),
        }
    }
}

impl Identity {
    fn new(property: SchemaProperty) -> Option<Self> {
        let identity = property.identity()?;
        Some(Self {
            kind: identity.name(),
            property: property.name(),
            namespace: property.namespace(),
        })
    }
}

/// The manifest's text.
pub(super) fn text(triggers: Triggers<'_>, mut files: Vec<&str>) -> String {
    files.sort_unstable();
    let manifest = Written {
        format_version: FORMAT_VERSION,
        permissions: permissions(triggers),
        triggers: triggers.iter().map(|trigger| Entry::new(trigger)).collect(),
        files,
    };
    // Structs of constant data always serialize.
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default();
    text + "\n"
}

/// What the last export wrote.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    files: Vec<String>,
}

/// The part of a manifest that the next export reads.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Read {
    format_version: u32,
    files: Vec<String>,
}

impl Manifest {
    /// The manifest in this folder; one that names no file if there is none.
    pub(super) fn read(folder: &Folder) -> Result<Self, ExportError> {
        match folder.read(MANIFEST)? {
            Some(bytes) => Ok(Self::parse(&bytes, folder.shown(MANIFEST))?),
            None => Ok(Self::default()),
        }
    }

    fn parse(bytes: &[u8], file: String) -> Result<Self, ManifestError> {
        let read: Read = match serde_json::from_slice(bytes) {
            Ok(read) => read,
            Err(source) => return Err(ManifestError::Unreadable { file, source }),
        };
        if read.format_version != FORMAT_VERSION {
            return Err(ManifestError::FormatVersion { file, version: read.format_version });
        }
        match read.files.iter().find(|name| !is_own_name(name)) {
            Some(name) => Err(ManifestError::FileName { file, name: name.clone() }),
            None => Ok(Self { files: read.files }),
        }
    }

    /// Whether a file belongs to the export, so that it may be overwritten and removed.
    pub(super) fn names(&self, name: &str) -> bool {
        name == MANIFEST || self.files.iter().any(|file| file == name)
    }

    /// The files of the last export that this one does not have and that still stand there.
    pub(super) fn leftovers(&self, artifacts: &[Artifact], folder: &Folder) -> Vec<String> {
        let is_produced = |name: &String| artifacts.iter().any(|artifact| artifact.name == *name);
        let mut leftovers = self.files.clone();
        leftovers.retain(|name| !is_produced(name) && folder.has(name));
        leftovers.sort_unstable();
        leftovers.dedup();
        leftovers
    }
}

/// Whether an export can have written a file of this name: `README.md`, or a key and `.json`.
/// Everything else would let a manifest from elsewhere reach into other folders.
fn is_own_name(name: &str) -> bool {
    name == README || name.strip_suffix(".json").is_some_and(trigger_dialect::is_trigger_key)
}

/// Why a `_triggers.json` cannot be trusted.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ManifestError {
    /// It is no manifest.
    #[error(
        "{file} is no manifest of an export (if it holds a merge conflict, take either side and \
         export again; if it is another program's, choose another folder with `--out`)"
    )]
    Unreadable {
        /// The manifest.
        file: String,
        /// What its reader says.
        source: serde_json::Error,
    },
    /// It has a form that this program does not know.
    #[error(
        "{file} has the format version {version}, and this program writes {FORMAT_VERSION}; use \
         the trigger-xtask that wrote it, or a newer one"
    )]
    FormatVersion {
        /// The manifest.
        file: String,
        /// What it says.
        version: u32,
    },
    /// It names a file that no export writes.
    #[error(
        "{file} names the file {name:?}, which no export writes: only `README.md` and trigger \
         keys with `.json` may stand in its `files`"
    )]
    FileName {
        /// The manifest.
        file: String,
        /// What it names.
        name: String,
    },
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_names_that_an_export_writes_are_its_own() {
        for name in ["README.md", "a.json", "invoice_due.json", "a-b.json"] {
            assert!(is_own_name(name), "{name}");
        }
        for name in [
            "",
            "readme.md",
            "_triggers.json",
            ".json",
            "A.json",
            "a.toml",
            "a",
            "../a.json",
            "/a.json",
            "a/b.json",
            r"a\b.json",
            "..",
            ".",
            "a.json/",
            "C:a.json",
            "a\0.json",
        ] {
            assert!(!is_own_name(name), "{name}");
        }
    }
}

//! The three crates' manifests and sources.

use std::fmt::Write;
use std::path::Path;

/// How many structs a crate holds.
pub(super) const STRUCTS: usize = 200;

/// What the structs of a crate derive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Variant {
    Serialize,
    JsonSchema,
    Trigger,
}

impl Variant {
    pub(super) const ALL: [Self; 3] = [Self::Serialize, Self::JsonSchema, Self::Trigger];

    pub(super) const fn package(self) -> &'static str {
        match self {
            Self::Serialize => "bench-serialize",
            Self::JsonSchema => "bench-json-schema",
            Self::Trigger => "bench-trigger",
        }
    }

    /// The crate's `lib.rs`.
    pub(super) fn source(self) -> String {
        let mut source = String::from(self.imports());
        for number in 1..=STRUCTS {
            source.push('\n');
            source.push_str(&self.item(number));
        }
        source
    }

    const fn imports(self) -> &'static str {
        match self {
            Self::Serialize => "use serde::Serialize;\n",
            Self::JsonSchema => "use schemars::JsonSchema;\nuse serde::Serialize;\n",
            Self::Trigger => "use serde::Serialize;\nuse trigger_core::Trigger;\n",
        }
    }

    fn item(self, number: usize) -> String {
        let derives = match self {
            Self::Serialize => "Serialize",
            Self::JsonSchema => "Serialize, JsonSchema",
            Self::Trigger => "Serialize, Trigger",
        };
        let roles = format!(
            "key = \"invoice_due_{number}\", name = \"Invoice due {number}\", \
             scheduled_at = due_at, contact = contact_id, entity_id = invoice_id"
        );
        let roles = self.attribute(&roles);
        let number_example = self.attribute("title = \"Invoice number\", example = \"INV-0042\"");
        let email_example = self.attribute("format = \"email\", example = \"ada@example.com\"");
        format!(
            "#[derive({derives})]
#[serde(rename_all = \"camelCase\")]
{roles}pub struct InvoiceDue{number} {{
    pub invoice_id: uuid::Uuid,
    pub due_at: jiff::Timestamp,
    pub contact_id: uuid::Uuid,
    {number_example}pub number: String,
    {email_example}pub email: Option<String>,
    pub amount: f64,
    pub count: u32,
    pub paid: bool,
}}
"
        )
    }

    /// An attribute of ours, which the other derives would refuse.
    fn attribute(self, content: &str) -> String {
        match self {
            Self::Serialize | Self::JsonSchema => String::new(),
            Self::Trigger => format!("#[trigger({content})]\n"),
        }
    }
}

/// The manifest of the workspace around the three crates.
pub(super) fn workspace_manifest() -> String {
    let mut manifest = String::from("[workspace]\nresolver = \"3\"\nmembers = [\n");
    for variant in Variant::ALL {
        // Writing to a string cannot fail.
        let _ = writeln!(manifest, "    \"{}\",", variant.package());
    }
    manifest.push_str("]\n");
    manifest
}

/// The manifest of one crate. All of them have all dependencies, so that each is compiled once
/// and with the same features for all.
pub(super) fn manifest(variant: Variant, trigger_core: &Path) -> String {
    let package = variant.package();
    // A string of JSON is a string of TOML.
    let trigger_core = serde_json::Value::from(trigger_core.to_string_lossy());
    format!(
        r#"[package]
name = "{package}"
version = "0.0.0"
edition = "2024"
publish = false

[dependencies]
jiff = {{ version = "0.2", default-features = false, features = ["serde"] }}
schemars = {{ version = "1.2", default-features = false, features = ["derive", "jiff02", "uuid1"] }}
serde = {{ version = "1", features = ["derive"] }}
trigger-core = {{ path = {trigger_core}, default-features = false, features = ["jiff"] }}
uuid = {{ version = "1", default-features = false, features = ["serde"] }}
"#
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The structs without what a variant adds to them.
    fn bare(variant: Variant, derive: &str) -> String {
        let source = variant.source().replace(derive, "");
        let lines = source.lines().map(str::trim_start);
        lines
            .filter(|line| !line.starts_with("#[trigger(") && !line.starts_with("use "))
            .flat_map(|line| [line, "\n"])
            .collect()
    }

    #[test]
    fn variants_differ_in_derives_and_our_attributes_only() {
        let plain = bare(Variant::Serialize, "");
        assert_eq!(plain.matches("pub struct").count(), STRUCTS);
        assert_eq!(bare(Variant::JsonSchema, ", JsonSchema"), plain);
        assert_eq!(bare(Variant::Trigger, ", Trigger"), plain);
    }
}

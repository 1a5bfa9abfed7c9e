use serde_json::Value;

use crate::triggers::{ALL, FEWER};
use crate::{Export, Folder};

#[test]
fn the_schema_file_is_the_document_and_a_line_break() {
    let folder = Folder::with(ALL);
    for trigger in ALL {
        let file = folder.read(&format!("{}.json", trigger.key()));
        assert_eq!(file, format!("{}\n", trigger.payload_document()));
    }
}

#[test]
fn the_manifest_describes_every_trigger() {
    insta::assert_snapshot!(Folder::with(ALL).read("_triggers.json"));
}

#[test]
fn the_readme_leads_through_the_dashboard() {
    insta::assert_snapshot!(Folder::with(ALL).read("README.md"));
}

#[test]
fn the_manifest_holds_nothing_of_the_machine() {
    let manifest = Folder::with(ALL).read("_triggers.json");
    for foreign in [file!(), "tests", env!("CARGO_MANIFEST_DIR"), env!("CARGO_PKG_VERSION")] {
        assert!(!manifest.contains(foreign), "{foreign}");
    }
}

#[test]
fn the_manifest_asks_to_cancel_only_where_something_can_be_canceled() {
    let folder = Folder::with(&ALL[..1]);
    let manifest: Value = serde_json::from_str(&folder.read("_triggers.json")).expect("JSON");
    assert_eq!(manifest["permissions"], serde_json::json!(["AUTOMATIONS.REPORT_EVENT"]));
    assert!(!folder.read("README.md").contains("CANCEL_EVENT"));
}

#[test]
fn the_manifest_keeps_the_order_of_the_fields() {
    // `preserve_order` of serde_json must not matter, so the text itself is searched.
    let manifest = Folder::with(FEWER).read("_triggers.json");
    let places = ["\"dueAt\": {", "\"contactId\": {", "\"status\": {", "\"lines\": {"]
        .map(|property| manifest.find(property).expect("a property"));
    assert!(places.is_sorted(), "{places:?}");
}

#[test]
fn stdout_gets_the_documents_one_after_another() {
    let export = Export::run(&["--stdout"], ALL);
    assert_eq!(export.notes, "printed 3 triggers\n");
    let documents: Vec<_> =
        ALL.iter().map(|trigger| trigger.payload_document().to_string()).collect();
    assert_eq!(export.success(), format!("{}\n", documents.join("\n")));
}

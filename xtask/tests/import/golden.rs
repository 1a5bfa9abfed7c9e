//! What is printed, by file, as a person would write it; compiled here, and as a crate by the law.

use serde_json::Value;
use trigger_core::Trigger;

use crate::{import_with, normal};
use trigger_xtask::import::Options;

/// Here nobody makes values of the types; the law compiles them without that.
macro_rules! golden {
    ($($module:ident: $path:literal;)*) => {
        $(
            #[deny(warnings)]
            #[allow(dead_code, unreachable_pub)]
            #[path = $path]
            mod $module;
        )*

        /// The name of each, what is imported, and what is printed.
        pub(super) const GOLDEN: &[(&str, &str, &str)] = &[$((
            stringify!($module),
            include_str!(concat!("golden/", stringify!($module), ".json")),
            include_str!($path),
        )),*];
    };
}

golden! {
    class_booked: "golden/class_booked.rs";
    class_rated: "golden/class_rated.rs";
    form_submitted: "golden/form_submitted.rs";
    invoice_due: "golden/invoice_due.rs";
    order_placed: "golden/order_placed.rs";
}

/// `GOLDEN=write cargo test -p trigger-xtask --test import` writes them anew.
#[test]
fn what_is_printed_is_what_a_person_would_write() {
    for (name, text, expected) in GOLDEN {
        let options = Options { key: Some((*name).to_owned()), ..Options::default() };
        let source = import_with(&[text], &options).expect("it can be imported");
        if std::env::var_os("GOLDEN").is_some() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/golden");
            std::fs::write(format!("{folder}/{name}.rs"), &source).expect("a file");
            continue;
        }
        assert_eq!(source, *expected, "{name}");
    }
}

fn exported<T: Trigger>() -> Value {
    serde_json::to_value(T::payload_document()).expect("JSON")
}

fn imported(name: &str) -> Value {
    let (.., text, _) = GOLDEN.iter().find(|(other, ..)| *other == name).expect("a file");
    serde_json::from_str(text).expect("JSON")
}

#[test]
fn their_schemas_are_those_that_were_imported() {
    let due = exported::<invoice_due::InvoiceDue>();
    assert_eq!(normal(&due), normal(&imported("invoice_due")));
    let placed = exported::<order_placed::OrderPlaced>();
    assert_eq!(normal(&placed), normal(&imported("order_placed")));
    let rated = exported::<class_rated::ClassRated>();
    assert_eq!(normal(&rated), normal(&imported("class_rated")));
}

#[test]
fn a_schema_of_six_properties_fits_on_a_screen() {
    let (.., source) = GOLDEN.iter().find(|(name, ..)| *name == "invoice_due").expect("a file");
    assert!(source.lines().count() <= 40, "{source}");
}

#[test]
fn objects_share_a_struct_if_they_differ_in_examples_alone() {
    let object = |title: &str, example: i64| {
        serde_json::json!({
            "type": "object", "title": "Place", "examples": [{ "floor": example }],
            "properties": { "floor": { "type": "integer", "title": title } },
        })
    };
    let count = |one: Value, other: Value| {
        let properties = serde_json::json!({ "here": one, "there": other });
        let schema = serde_json::json!({ "type": "object", "properties": properties });
        let options = Options { key: Some("moved_out".to_owned()), ..Options::default() };
        let source = import_with(&[&schema.to_string()], &options).expect("it can be imported");
        source.matches("pub struct").count()
    };
    assert_eq!(count(object("Floor", 1), object("Floor", 2)), 2);
    assert_eq!(count(object("Floor", 1), object("Storey", 1)), 3);
}

#[test]
fn a_long_name_has_a_line_of_its_own() {
    let text = format!("{{ \"{}\": 1 }}", "k".repeat(90));
    let options = Options { key: Some("moved_out".to_owned()), ..Options::default() };
    let source = import_with(&[&text], &options).expect("it can be imported");
    assert!(source.contains(":\n        i64,\n"), "{source}");
}

/// The dashboard splits the keys, writes `Id`, and sets no format.
#[test]
fn a_sample_becomes_what_the_dashboard_s_generator_makes_of_it() {
    let exported = exported::<form_submitted::FormSubmitted>();
    let sample = imported("form_submitted");
    let expected =
        [("formId", "Form Id"), ("formName", "Form Name"), ("submitterId", "Submitter Id")];
    let properties = exported["properties"].as_object().expect("properties");
    assert_eq!(properties.len(), expected.len());
    for (key, title) in expected {
        let property = &properties[key];
        assert_eq!(property["type"], "string");
        assert_eq!(property["examples"], serde_json::json!([sample[key]]));
        let words = |title: &str| title.to_lowercase();
        assert_eq!(words(property["title"].as_str().expect("a title")), words(title));
    }
    assert_eq!(exported["required"], serde_json::json!(["formId", "formName", "submitterId"]));
    assert_eq!(exported["type"], "object");
}

/// `.ci/run` asks for it: a test run needs Rust alone. Rustfmt knows which letters are as wide as two,
/// and the import does not.
#[test]
#[ignore = "it needs rustfmt"]
fn rustfmt_leaves_it_as_it_is() {
    // Outside of this workspace, which has settings of its own.
    let folder = tempfile::tempdir().expect("a folder");
    let golden = GOLDEN.iter().map(|(.., source)| (*source).to_owned());
    for source in golden.chain(crate::law::narrow_sources()) {
        let file = folder.path().join("imported.rs");
        std::fs::write(&file, &source).expect("a file");
        let mut rustfmt = std::process::Command::new("rustfmt");
        let output = rustfmt.args(["--check", "--edition=2024"]).arg(&file).output();
        let output = output.expect("rustfmt starts");
        let differences = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{source}\n{differences}");
    }
}

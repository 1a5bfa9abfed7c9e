use std::fs::File;
use std::time::{Duration, Instant};

use clap::Parser;
use trigger_xtask::ExportSchemas;

use crate::triggers::{HARMLESS, PUBLISHED, TWO, WITHOUT_TEACHER};
use crate::{Triggers, Workspace};

/// A file of what is published.
const FILE: &str = "schemas/published/class_full.json";

/// The error of a check whose baseline has this text in its file.
fn refused(text: &str) -> String {
    let workspace = Workspace::with(TWO);
    workspace.write(FILE, text);
    workspace.check(&[], TWO).error()
}

/// Exports the triggers to the folder `schemas` of the workspace.
pub(crate) fn export(workspace: &Workspace, triggers: Triggers<'_>) {
    #[derive(Parser)]
    struct Arguments {
        #[command(flatten)]
        export: ExportSchemas,
    }
    let out = workspace.shown("schemas");
    let export = Arguments::parse_from(["export-schemas", "--out", &out]).export;
    export.run_on(triggers, &mut Vec::new(), &mut Vec::new()).expect("the export runs");
}

#[test]
fn the_folder_of_an_export_is_a_baseline_with_its_names() {
    let workspace = Workspace::new();
    export(&workspace, PUBLISHED);
    let baseline = ["--baseline", &workspace.shown("schemas")];
    workspace.check(&baseline, PUBLISHED).success();
    workspace.check(&baseline, WITHOUT_TEACHER).findings();
    let output = workspace.check(&baseline, HARMLESS).success();
    assert!(output.contains("[T102] ") && output.contains("[T112] "), "{output}");
    // Bare schemas do not tell the name.
    std::fs::remove_file(workspace.path("schemas/_triggers.json")).expect("a file");
    let output = workspace.check(&baseline, HARMLESS).success();
    assert!(!output.contains("[T102] ") && output.contains("[T112] "), "{output}");
}

#[test]
fn a_schema_from_the_dashboard_is_compared_with_one_trigger() {
    let workspace = Workspace::new();
    export(&workspace, PUBLISHED);
    let schema = workspace.read("schemas/class_full.json");
    let of_wix = schema.replace("/draft-07/schema", "/draft-07/schema#");
    let file = workspace.shown("pasted.json");
    workspace.write("pasted.json", &format!("\u{feff}{of_wix}"));
    let arguments = ["--baseline-file", &file, "--key", "class_full"];
    let output = workspace.check(&arguments, TWO).success();
    assert_eq!(workspace.anonymous(&output), "1 trigger, against pasted.json: nothing differs\n");
    workspace.check(&arguments, WITHOUT_TEACHER).findings();
}

#[test]
fn a_broken_record_is_told_with_its_place_and_mend() {
    insta::assert_snapshot!(refused("{\n  \"key\": "), @"schemas/published/class_full.json cannot be compared with: it is no JSON: EOF while parsing a value at line 2 column 9; restore it from git, or write it anew with `cargo xtask mark-published KEY --replace` once its schema is in the app dashboard");
    for text in ["", "<<<<<<< HEAD\n", "[]", "{}", "null", "{\"properties\": {\"a\": 1}}"] {
        let error = refused(text);
        assert!(error.starts_with("schemas/published/class_full.json cannot"), "{error}");
        assert!(error.contains("restore it from git"), "{error}");
    }
}

#[test]
fn a_record_of_another_version_is_told_apart() {
    insta::assert_snapshot!(refused(r#"{ "formatVersion": 2 }"#), @"schemas/published/class_full.json cannot be compared with: it has the format version 2, and this program knows 1: a newer trigger-xtask wrote it; use that one");
    insta::assert_snapshot!(refused(r#"{ "formatVersion": 0 }"#), @"schemas/published/class_full.json cannot be compared with: it has the format version 0, and this program knows 1: an older trigger-xtask wrote it; check with that one, then write it anew with `mark-published --replace`");
}

#[test]
fn a_file_of_100_megabytes_is_not_read() {
    let workspace = Workspace::with(TWO);
    let file = File::create(workspace.path(FILE)).expect("a file");
    file.set_len(100_000_000).expect("a large file");
    let start = Instant::now();
    let error = workspace.check(&[], TWO).error();
    assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
    let words = "class_full.json has 100000 kB, and no payload schema has more than 1000 kB;";
    assert!(error.contains(words), "{error}");
}

/// A hundred files that could each be a schema, but not all of one app.
#[test]
fn a_folder_of_100_megabytes_is_not_read() {
    let workspace = Workspace::with(TWO);
    let text = "{}".to_owned() + &" ".repeat(999_000);
    for number in 0..100 {
        workspace.write(&format!("schemas/published/class_{number}.json"), &text);
    }
    let start = Instant::now();
    let error = workspace.check(&[], TWO).error();
    assert!(start.elapsed() < Duration::from_millis(100), "{:?}", start.elapsed());
    let words = "schemas/published has 99901 kB, and the schemas of no app have more than 20000 kB";
    assert!(error.starts_with(words), "{error}");
}

#[test]
fn a_broken_or_large_manifest_is_told() {
    let workspace = Workspace::new();
    export(&workspace, PUBLISHED);
    let baseline = ["--baseline", &workspace.shown("schemas")];
    workspace.write("schemas/_triggers.json", "[");
    let error = workspace.anonymous(&workspace.check(&baseline, PUBLISHED).error());
    assert_eq!(
        error,
        "schemas/_triggers.json is not what an export writes; write it anew with `cargo xtask \
         export-schemas`"
    );
    let file = File::create(workspace.path("schemas/_triggers.json")).expect("a file");
    file.set_len(100_000_000).expect("a large file");
    let error = workspace.anonymous(&workspace.check(&baseline, PUBLISHED).error());
    assert!(error.starts_with("schemas/_triggers.json has 100000 kB"), "{error}");
}

/// As after the last record was removed.
#[test]
fn a_folder_of_what_is_published_may_be_empty() {
    let workspace = Workspace::new();
    workspace.write("schemas/published/README.md", "What is in the dashboard.");
    let output = workspace.check(&[], TWO).success();
    assert!(output.contains("nothing is published there"), "{output}");
}

#[test]
fn what_is_no_record_is_refused_or_left_alone() {
    let workspace = Workspace::with(TWO);
    std::fs::create_dir(workspace.path("schemas/published/folder.json")).expect("a folder");
    let error = workspace.check(&[], TWO).error();
    assert_eq!(error, "schemas/published/folder.json is no file; move it away");
    std::fs::remove_dir(workspace.path("schemas/published/folder.json")).expect("a folder");
    for name in ["README.md", "notes.txt", ".hidden.json", ".json"] {
        workspace.write(&format!("schemas/published/{name}"), "no record");
    }
    workspace.check(&[], TWO).success();
}

/// Its trigger would be taken for a new one.
#[test]
fn a_file_that_is_called_as_no_trigger_can_be_is_told() {
    for name in ["Class_full", "_class_full", "class full"] {
        let workspace = Workspace::with(PUBLISHED);
        let name = format!("schemas/published/{name}.json");
        workspace.write(&name, &workspace.read(FILE));
        let error = workspace.check(&[], PUBLISHED).error();
        let words = format!("{name} is called as no trigger: [T002] a trigger key is 1 to 100 ");
        assert!(error.starts_with(&words), "{error}");
        assert!(error.ends_with("; give it the name of its key, or move it away"), "{error}");
    }
}

#[test]
fn a_pasted_file_is_mended_by_copying_it_again() {
    let workspace = Workspace::with(TWO);
    let pasted = workspace.shown("pasted.json");
    let error = |text: &[u8]| {
        std::fs::write(&pasted, text).expect("a file");
        let run = workspace.check(&["--baseline-file", &pasted, "--key", "class_full"], TWO);
        workspace.anonymous(&run.error())
    };
    insta::assert_snapshot!(error(b"{}"), @"pasted.json cannot be compared with: it is JSON, but no payload schema: it describes no properties of an object; copy the schema out of the app dashboard again");
    insta::assert_snapshot!(error(b"\xff\xfe{\0}\0"), @"pasted.json is UTF-16, and no UTF-8; save it as UTF-8");
    insta::assert_snapshot!(error(b"{\xe9}"), @"pasted.json is no UTF-8: invalid utf-8 sequence of 1 bytes from index 1; save it as UTF-8");
    let another = workspace.read("schemas/published/lesson_moved.json");
    insta::assert_snapshot!(error(another.as_bytes()), @"pasted.json is the record of `lesson_moved`; ask with `--key lesson_moved`, or copy the schema out of the app dashboard again");
    let large = error(&vec![b' '; 1_000_001]);
    assert!(
        large.ends_with("; name the right file, or copy the schema out of the app dashboard again")
    );
}

#[test]
fn a_file_that_is_named_as_a_folder_is_told_how() {
    let workspace = Workspace::with(TWO);
    let file = workspace.shown(FILE);
    let error = workspace.check(&["--baseline", &file], TWO).error();
    let words = "is no folder; a file that holds one schema is named with `--baseline-file FILE \
                 --key KEY`";
    assert_eq!(error, format!("{file} {words}"));
}

#[test]
fn a_record_without_a_version_that_can_be_is_told() {
    let workspace = Workspace::with(PUBLISHED);
    workspace.edit(|record| record["formatVersion"] = "1".into());
    insta::assert_snapshot!(workspace.check(&[], TWO).error(), @r#"schemas/published/class_full.json cannot be compared with: its `formatVersion` is "1", and this program knows 1; restore it from git, or write it anew with `cargo xtask mark-published KEY --replace` once its schema is in the app dashboard"#);
    workspace.edit(|record| drop(record.as_object_mut().and_then(|it| it.remove("formatVersion"))));
    insta::assert_snapshot!(workspace.check(&[], TWO).error(), @"schemas/published/class_full.json cannot be compared with: it is a record without a `formatVersion`, and this program knows 1; restore it from git, or write it anew with `cargo xtask mark-published KEY --replace` once its schema is in the app dashboard");
}

#[test]
fn a_record_is_called_as_its_key() {
    let workspace = Workspace::with(PUBLISHED);
    let text = workspace.read(FILE);
    workspace.write("schemas/published/class_filled.json", &text);
    let error = workspace.check(&[], TWO).error();
    assert!(error.starts_with("schemas/published/class_filled.json is the record of `class_full`"));
    let file = workspace.shown(FILE);
    let error = workspace.check(&["--baseline-file", &file, "--key", "lesson_moved"], TWO).error();
    assert!(error.contains("is the record of `class_full`"), "{error}");
}

#[test]
fn a_folder_that_was_named_must_be_one_of_records() {
    let workspace = Workspace::new();
    std::fs::create_dir(workspace.path("empty")).expect("a folder");
    let [empty, none] = ["empty", "none"].map(|name| workspace.shown(name));
    let error = workspace.check(&["--baseline", &empty], TWO).error();
    assert!(error.contains("is called as a trigger key and `.json`"), "{error}");
    let error = workspace.check(&["--baseline", &none], TWO).error();
    assert!(error.starts_with("could not read "), "{error}");
}

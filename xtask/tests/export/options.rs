use std::fs;

use clap::Parser as _;

use crate::triggers::{ALL, CHANGED, FEWER};
use crate::{Arguments, Folder};

#[test]
fn only_touches_one_file() {
    let folder = Folder::with(ALL);
    let before = folder.files();
    folder.write("invoice_due.json", "edited");
    let export = folder.export(&["--only", "class_full"], CHANGED);
    assert_eq!(export.notes, "");
    let output = export.success();
    assert_eq!(folder.anonymous(&output), "wrote 1 of 1 file, 1 trigger, to schemas\n");
    for (name, text) in before {
        let expected = match name.as_str() {
            "class_full.json" => format!("{}\n", CHANGED[0].payload_document()),
            "invoice_due.json" => "edited".to_owned(),
            _ => text,
        };
        assert_eq!(folder.read(&name), expected, "{name}");
    }
}

#[test]
fn only_in_an_empty_folder_says_what_is_missing() {
    let folder = Folder::new();
    let export = folder.export(&["--only", "class_full"], ALL);
    assert_eq!(
        export.notes,
        "note: `_triggers.json` does not name class_full.json yet; export once without `--only`\n"
    );
    export.success();
    assert_eq!(folder.names(), ["class_full.json"]);
    folder.export(&[], ALL).success();
    assert_eq!(folder.files(), Folder::with(ALL).files());
}

#[test]
fn only_prints_one_document() {
    let output = crate::Export::run(&["--stdout", "--only", "class_full"], ALL).success();
    assert_eq!(output, format!("{}\n", ALL[0].payload_document()));
}

#[test]
fn only_of_an_unknown_key_proposes_the_nearest() {
    let folder = Folder::new();
    let error = folder.export(&["--only", "class_ful"], ALL).error();
    assert_eq!(error, "no trigger has the key `class_ful`; did you mean `class_full`?");
    let error = folder.export(&["--only", "xyz"], ALL).error();
    assert_eq!(
        error,
        "no trigger has the key `xyz`; the keys are: class_full, invoice_due, invoice_paid"
    );
    assert!(folder.names().is_empty());
}

#[test]
fn prune_removes_what_the_last_export_wrote() {
    let folder = Folder::with(ALL);
    folder.write("notes.json", "mine");
    let export = folder.export(&["--prune"], FEWER);
    assert_eq!(export.notes, "");
    let output = export.success();
    assert_eq!(
        folder.anonymous(&output),
        "wrote 2 of 4 files, 2 triggers, to schemas, removed 1 file\n"
    );
    assert_eq!(folder.read("notes.json"), "mine");
    fs::remove_file(folder.path().join("notes.json")).expect("a file");
    assert_eq!(folder.files(), Folder::with(FEWER).files());
}

#[test]
fn prune_removes_what_was_kept_before() {
    let folder = Folder::with(ALL);
    folder.export(&[], FEWER).success();
    folder.export(&["--prune"], FEWER).success();
    assert_eq!(folder.files(), Folder::with(FEWER).files());
}

#[test]
fn a_package_without_triggers_is_refused() {
    let export =
        Arguments::parse_from(["export-schemas", "--stdout", "--package", "nothing"]).export;
    let error = export.run(&mut Vec::new(), &mut Vec::new()).expect_err("no such package");
    assert!(error.to_string().starts_with("no trigger of package `nothing` is linked"), "{error}");
}

#[test]
fn options_that_contradict_each_other_are_refused() {
    for arguments in [
        ["--stdout", "--out=x"],
        ["--stdout", "--prune"],
        ["--stdout", "--check"],
        ["--prune", "--only=class_full"],
    ] {
        let parsed = Arguments::try_parse_from(["export-schemas"].iter().chain(&arguments));
        let kind = parsed.err().expect("a refusal").kind();
        assert_eq!(kind, clap::error::ErrorKind::ArgumentConflict, "{arguments:?}");
    }
}

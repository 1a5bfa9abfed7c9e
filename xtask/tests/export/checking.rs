use crate::Folder;
use crate::triggers::{ALL, CHANGED, FEWER};

/// The output of a check that differs, its folder called `schemas`.
fn differences(folder: &Folder, arguments: &[&str], triggers: super::Triggers<'_>) -> String {
    let before = folder.files();
    let export = folder.export(&[arguments, &["--check"]].concat(), triggers);
    assert_eq!(export.notes, "");
    let output = folder.anonymous(&export.findings());
    assert_eq!(folder.files(), before);
    output
}

#[test]
fn nothing_differs_after_an_export() {
    let folder = Folder::with(ALL);
    let output = folder.export(&["--check"], ALL).success();
    assert_eq!(folder.anonymous(&output), "5 files, 3 triggers, in schemas: nothing differs\n");
}

#[test]
fn a_difference_is_a_unified_diff() {
    insta::assert_snapshot!(differences(&Folder::with(ALL), &["--only=class_full"], CHANGED), @r#"
    --- schemas/class_full.json
    +++ schemas/class_full.json
    @@ -8,10 +8,18 @@
           "examples": [
             1
           ]
    +    },
    +    "waiting": {
    +      "type": "integer",
    +      "title": "Waiting",
    +      "examples": [
    +        1
    +      ]
         }
       },
       "required": [
    -    "seats"
    +    "seats",
    +    "waiting"
       ],
       "additionalProperties": true
     }
    1 file of schemas to change; to mend: cargo xtask export-schemas --out schemas --only class_full
    "#);
}

#[test]
fn a_missing_file_is_a_difference() {
    let folder = Folder::with(ALL);
    std::fs::remove_file(folder.path().join("class_full.json")).expect("a file");
    insta::assert_snapshot!(differences(&folder, &[], ALL), @r#"
    --- /dev/null
    +++ schemas/class_full.json
    @@ -0,0 +1,17 @@
    +{
    +  "$schema": "http://json-schema.org/draft-07/schema",
    +  "type": "object",
    +  "properties": {
    +    "seats": {
    +      "type": "integer",
    +      "title": "Seats",
    +      "examples": [
    +        1
    +      ]
    +    }
    +  },
    +  "required": [
    +    "seats"
    +  ],
    +  "additionalProperties": true
    +}
    1 file of schemas to change; to mend: cargo xtask export-schemas --out schemas
    "#);
}

#[test]
fn a_file_that_is_left_over_is_a_difference() {
    let folder = Folder::with(FEWER);
    // A leftover of one line, named by the last manifest.
    folder.write("old.json", "{}\n");
    let manifest = folder.read("_triggers.json");
    let named =
        manifest.replace("\"invoice_paid.json\"\n", "\"invoice_paid.json\",\n    \"old.json\"\n");
    folder.write("_triggers.json", &named);
    insta::assert_snapshot!(differences(&folder, &[], FEWER), @r#"
    --- schemas/_triggers.json
    +++ schemas/_triggers.json
    @@ -171,7 +171,6 @@
       "files": [
         "README.md",
         "invoice_due.json",
    -    "invoice_paid.json",
    -    "old.json"
    +    "invoice_paid.json"
       ]
     }
    --- schemas/old.json
    +++ /dev/null
    @@ -1 +0,0 @@
    -{}
    2 files of schemas to change; to mend: cargo xtask export-schemas --out schemas --prune
    "#);
}

#[test]
fn a_missing_folder_differs_in_everything() {
    let output = differences(&Folder::new(), &[], ALL);
    assert_eq!(output.matches("--- /dev/null\n").count(), 5);
    let end = "5 files of schemas to change; to mend: cargo xtask export-schemas --out schemas\n";
    assert!(output.ends_with(end), "{output}");
}

#[test]
fn the_command_that_mends_does() {
    let folder = Folder::with(ALL);
    let output = differences(&folder, &[], FEWER);
    assert!(output.ends_with("export-schemas --out schemas --prune\n"), "{output}");
    folder.export(&["--prune"], FEWER).success();
    folder.export(&["--check"], FEWER).success();
}

#[test]
fn the_command_that_mends_has_the_same_options() {
    let output = differences(&Folder::new(), &["--package=my app", "--only=class_full"], ALL);
    let end = "to mend: cargo xtask export-schemas --out schemas --only class_full --package \
               'my app'\n";
    assert!(output.ends_with(end), "{output}");
}

#[test]
fn a_check_refuses_what_an_export_would() {
    let folder = Folder::new();
    folder.write("README.md", "# Mine");
    let error = folder.export(&["--check"], ALL).error();
    assert!(error.contains("would be overwritten"), "{error}");
}

#[test]
fn bytes_that_are_no_text_are_a_difference() {
    let folder = Folder::with(ALL);
    std::fs::write(folder.path().join("class_full.json"), b"\xff\n").expect("a file");
    let output = folder.export(&["--check"], ALL).findings();
    assert!(output.contains("\n-\u{fffd}\n"), "{output}");
}

use crate::Folder;
use crate::triggers::{ALL, FEWER, LYING, WRONG};

#[test]
fn a_file_of_somebody_else_is_not_overwritten() {
    let folder = Folder::new();
    folder.write("README.md", "# Mine");
    let error = folder.export(&[], ALL).error();
    assert_eq!(
        folder.anonymous(&error),
        "schemas/README.md would be overwritten, and `_triggers.json` does not name it, so \
         nothing was written\nMove it away, or choose another folder with `--out`."
    );
    assert_eq!(folder.files(), [("README.md".to_owned(), "# Mine".to_owned())]);
}

#[test]
fn every_file_that_stands_in_the_way_is_named() {
    let folder = Folder::with(FEWER);
    let before = folder.files();
    folder.write("class_full.json", "{}");
    let error = folder.export(&["--prune"], ALL).error();
    assert!(folder.anonymous(&error).starts_with("schemas/class_full.json would be"), "{error}");

    std::fs::remove_file(folder.path().join("_triggers.json")).expect("a file");
    folder.write("README.md", "# Mine");
    let error = folder.export(&[], ALL).error();
    assert_eq!(
        folder.anonymous(&error),
        "schemas/class_full.json, schemas/README.md would be overwritten, and `_triggers.json` \
         does not name them, so nothing was written\n\
         Move them away, or choose another folder with `--out`."
    );
    assert_eq!(folder.read("invoice_due.json"), before[2].1);
    assert_eq!(folder.names().len(), 4);
}

#[test]
fn only_does_not_overwrite_either() {
    let folder = Folder::new();
    folder.write("class_full.json", "{}");
    let error = folder.export(&["--only", "class_full"], ALL).error();
    assert!(error.contains("would be overwritten"), "{error}");
    assert_eq!(folder.read("class_full.json"), "{}");
}

#[test]
fn a_file_of_the_same_content_is_adopted() {
    let folder = Folder::with(ALL);
    std::fs::remove_file(folder.path().join("_triggers.json")).expect("a file");
    let output = folder.export(&[], ALL).success();
    assert!(output.starts_with("wrote 1 of 5 files"), "{output}");
}

#[cfg(unix)]
#[test]
fn a_link_to_nowhere_is_not_overwritten_either() {
    let folder = Folder::new();
    folder.write("kept", "");
    std::os::unix::fs::symlink("nowhere", folder.path().join("README.md")).expect("a link");
    let error = folder.export(&[], ALL).error();
    assert!(error.contains("README.md would be overwritten"), "{error}");
}

#[test]
fn a_hostile_manifest_reaches_no_other_file() {
    for name in ["../mine.json", "/etc/passwd", "a/b.json", "..", "_triggers.json", "Cargo.toml"] {
        let folder = Folder::new();
        let manifest = serde_json::json!({ "formatVersion": 1, "files": [name] }).to_string();
        folder.write("_triggers.json", &manifest);
        std::fs::write(folder.folder.path().join("mine.json"), "mine").expect("a file");
        let error = folder.export(&["--prune"], ALL).error();
        assert_eq!(
            folder.anonymous(&error),
            format!(
                "schemas/_triggers.json names the file {name:?}, which no export writes: only \
                 `README.md` and trigger keys with `.json` may stand in its `files`"
            )
        );
        assert_eq!(folder.names(), ["_triggers.json"]);
        assert!(folder.folder.path().join("mine.json").exists());
    }
}

#[test]
fn a_broken_manifest_is_not_overwritten() {
    for text in ["", "<<<<<<< ours", "[]", "{}", r#"{ "formatVersion": 1, "files": "a.json" }"#] {
        let folder = Folder::new();
        folder.write("_triggers.json", text);
        let error = folder.export(&[], ALL).error();
        let expected = "schemas/_triggers.json is no manifest of an export (if it holds a merge \
                        conflict, take either side and export again; ";
        assert!(folder.anonymous(&error).starts_with(expected), "{error}");
        assert_eq!(folder.files(), [("_triggers.json".to_owned(), text.to_owned())]);
    }
}

#[test]
fn a_manifest_of_another_form_is_not_overwritten() {
    let folder = Folder::new();
    folder.write("_triggers.json", r#"{ "formatVersion": 2, "files": [] }"#);
    let error = folder.export(&[], ALL).error();
    assert_eq!(
        folder.anonymous(&error),
        "schemas/_triggers.json has the format version 2, and this program writes 1; use the \
         trigger-xtask that wrote it, or a newer one"
    );
    assert_eq!(folder.names(), ["_triggers.json"]);
}

#[test]
fn a_document_that_is_wrong_is_not_written() {
    let folder = Folder::new();
    let wrong = WRONG[1];
    let expected = format!(
        "{}:{}: wrong ({}): [T042] /properties/pattern/examples/1: \"(\" is not a \"regex\"\n\
         1 finding; nothing was written. `cargo xtask rules T…` explains a rule\n",
        wrong.file(),
        wrong.line(),
        wrong.rust_type(),
    );
    for arguments in [&[][..], &["--check"], &["--only", "wrong"]] {
        let export = folder.export(arguments, WRONG);
        assert_eq!(export.notes, expected);
        assert_eq!(export.findings(), "");
        assert!(folder.names().is_empty());
    }
    // The fault of one trigger does not keep the others from going out alone.
    folder.export(&["--only", "class_full"], WRONG).success();
}

#[test]
fn a_wrong_document_is_not_printed() {
    assert_eq!(crate::Export::run(&["--stdout"], WRONG).findings(), "");
}

#[test]
fn a_type_that_does_not_write_what_it_declares_is_not_exported() {
    let folder = Folder::new();
    let export = folder.export(&[], LYING);
    let place = format!("{}:{}", LYING[0].file(), LYING[0].line());
    let expected = format!("{place}: lying ({}): [T052] /amount: ", LYING[0].rust_type());
    assert!(export.notes.starts_with(&expected), "{}", export.notes);
    assert!(export.notes.contains("7 is not of type \"string\""), "{}", export.notes);
    assert_eq!(export.findings(), "");
    assert!(folder.names().is_empty());
}

use std::fs;

use crate::Folder;
use crate::triggers::{ALL, CHANGED, FEWER};

const NAMES: [&str; 5] =
    ["README.md", "_triggers.json", "class_full.json", "invoice_due.json", "invoice_paid.json"];

#[test]
fn one_line_says_how_many_triggers_went_where() {
    let folder = Folder::new();
    let output = folder.export(&[], ALL).success();
    assert_eq!(folder.anonymous(&output), "wrote 5 of 5 files, 3 triggers, to schemas\n");
    assert_eq!(folder.names(), NAMES);
}

#[test]
fn a_second_export_touches_nothing() {
    let folder = Folder::with(ALL);
    let modified = |name: &str| fs::metadata(folder.path().join(name))?.modified();
    let before = NAMES.map(|name| modified(name).expect("a time"));
    let output = folder.export(&[], ALL).success();
    assert_eq!(folder.anonymous(&output), "wrote 0 of 5 files, 3 triggers, to schemas\n");
    assert_eq!(NAMES.map(|name| modified(name).expect("a time")), before);
}

#[test]
fn two_folders_hold_the_same_bytes() {
    assert_eq!(Folder::with(ALL).files(), Folder::with(ALL).files());
}

#[test]
fn only_what_changed_is_written() {
    let folder = Folder::with(ALL);
    let output = folder.export(&[], CHANGED).success();
    // The schema, and the manifest, which holds it; the README stays.
    assert_eq!(folder.anonymous(&output), "wrote 2 of 5 files, 3 triggers, to schemas\n");
    assert_eq!(folder.files(), Folder::with(CHANGED).files());
}

#[test]
fn what_the_export_wrote_is_written_again_after_an_edit() {
    let folder = Folder::with(ALL);
    folder.write("class_full.json", "edited");
    folder.write("README.md", "edited");
    folder.export(&[], ALL).success();
    assert_eq!(folder.files(), Folder::with(ALL).files());
}

#[test]
fn files_of_former_triggers_are_kept_and_stay_named() {
    let folder = Folder::with(ALL);
    for _ in 0..2 {
        let export = folder.export(&[], FEWER);
        assert_eq!(
            export.notes,
            "note: no trigger has class_full.json any more; `--prune` removes what is left over\n"
        );
        export.success();
        assert_eq!(folder.names(), NAMES);
        assert!(folder.read("_triggers.json").contains("\n    \"class_full.json\",\n"));
    }
}

#[test]
fn a_former_file_that_somebody_removed_is_forgotten() {
    let folder = Folder::with(ALL);
    fs::remove_file(folder.path().join("class_full.json")).expect("a file");
    let export = folder.export(&[], FEWER);
    assert_eq!(export.notes, "");
    export.success();
    assert_eq!(folder.files(), Folder::with(FEWER).files());
}

#[test]
fn a_former_file_whose_trigger_comes_back_is_written() {
    let folder = Folder::with(ALL);
    folder.export(&[], FEWER).success();
    folder.export(&[], CHANGED).success();
    assert_eq!(folder.files(), Folder::with(CHANGED).files());
}

#[test]
fn a_folder_of_its_own_is_made() {
    let folder = Folder::new();
    let nested = folder.path().join("a/b");
    let out = nested.to_str().expect("UTF-8");
    crate::Export::run(&["--out", out], ALL).success();
    assert!(nested.join("class_full.json").exists());
}

#[test]
fn nothing_changes_if_one_file_cannot_be_replaced() {
    let folder = Folder::with(ALL);
    // A folder where the schema should go: it can be neither read nor replaced.
    fs::remove_file(folder.path().join("invoice_paid.json")).expect("a file");
    fs::create_dir(folder.path().join("invoice_paid.json")).expect("a folder");
    let error = folder.export(&[], CHANGED).error();
    assert!(folder.anonymous(&error).starts_with("could not read schemas/invoice_paid.json: "));
    fs::remove_dir(folder.path().join("invoice_paid.json")).expect("a folder");
    folder.write("invoice_paid.json", &format!("{}\n", ALL[2].payload_document()));
    assert_eq!(folder.files(), Folder::with(ALL).files());
}

#[cfg(unix)]
#[test]
fn files_are_for_everybody_as_the_umask_says() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::with(ALL);
    folder.write("by_hand", "");
    let mode = |name| fs::metadata(folder.path().join(name)).expect("a file").permissions().mode();
    assert_eq!(mode("class_full.json"), mode("by_hand"));
}

#[cfg(unix)]
#[test]
fn a_link_is_replaced_and_not_written_through() {
    let folder = Folder::with(ALL);
    let target = folder.folder.path().join("elsewhere");
    fs::write(&target, "mine").expect("a file");
    fs::remove_file(folder.path().join("README.md")).expect("a file");
    std::os::unix::fs::symlink(&target, folder.path().join("README.md")).expect("a link");
    folder.export(&[], ALL).success();
    assert_eq!(fs::read_to_string(target).expect("a file"), "mine");
    assert_eq!(folder.files(), Folder::with(ALL).files());
}

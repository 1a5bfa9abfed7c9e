use crate::Workspace;
use crate::triggers::{ANOTHER_KEY, HARMLESS, OPTIONAL, PUBLISHED, TWO, UNLIKE, WITHOUT_TEACHER};

const FILE: &str = "schemas/published/class_full.json";

#[test]
fn a_record_holds_the_schema_and_what_people_read() {
    let workspace = Workspace::new();
    let run = workspace.mark(&["class_full"], TWO);
    assert_eq!(run.success(), "wrote 1 of 1 record, to schemas/published\n");
    assert!(!workspace.path("schemas/published/lesson_moved.json").exists());
    insta::assert_snapshot!(workspace.read("schemas/published/class_full.json"));
}

#[test]
fn only_what_changed_is_written() {
    let workspace = Workspace::with(TWO);
    let again = workspace.mark(&["--all"], TWO);
    assert_eq!(again.success(), "wrote 0 of 2 records, to schemas/published\n");
    let edited = workspace.mark(&["class_full", "class_full"], HARMLESS);
    assert_eq!(edited.success(), "wrote 1 of 1 record, to schemas/published\n");
    workspace.check(&["--key", "class_full"], HARMLESS).success();
}

#[test]
fn a_key_that_no_trigger_has_writes_nothing() {
    let workspace = Workspace::new();
    let run = workspace.mark(&["class_full", "lesson_move"], TWO);
    assert_eq!(run.error(), "no trigger has the key `lesson_move`; did you mean `lesson_moved`?");
    assert!(!workspace.path("schemas").exists());
    workspace.mark(&["--all"], PUBLISHED).success();
}

#[test]
fn a_forbidden_edit_is_not_recorded_unless_it_is_to_be_replaced() {
    let workspace = Workspace::with(PUBLISHED);
    let before = workspace.read(FILE);
    let all = [WITHOUT_TEACHER, UNLIKE].concat();
    let run = workspace.mark(&["--all"], &all);
    insta::assert_snapshot!(run.notes, @r"
    class_full: [T110] /properties/teacher: `teacher` is gone
    1 finding; nothing was written. Take back what Wix forbids, as `cargo xtask check` tells, or add `--replace` if the app dashboard has it all the same
    ");
    assert_eq!(run.findings(), "");
    assert_eq!(workspace.read(FILE), before);
    assert_eq!(workspace.names("schemas/published"), ["class_full.json"]);

    let run = workspace.mark(&["--all", "--replace"], &all);
    assert_eq!(
        run.notes,
        "note: replaced: class_full: [T110] /properties/teacher: `teacher` is gone\n"
    );
    assert_eq!(run.success(), "wrote 2 of 2 records, to schemas/published\n");
    workspace.check(&[], &all).success();
}

#[test]
fn what_wix_takes_is_recorded_and_told() {
    let workspace = Workspace::with(PUBLISHED);
    let run = workspace.mark(&["class_full"], OPTIONAL);
    assert_eq!(
        run.notes,
        "note: replaced: class_full: [T117] /properties/seats: it was required and is optional\n"
    );
    run.success();
}

#[test]
fn a_record_that_cannot_be_read_is_not_lost_in_silence() {
    for (text, words) in [
        ("<<<<<<< HEAD\n", "cannot be compared with: it is no JSON: "),
        (r#"{ "formatVersion": 0 }"#, "an older trigger-xtask wrote it"),
        (r#"{ "formatVersion": 2 }"#, "a newer trigger-xtask wrote it"),
    ] {
        let workspace = Workspace::with(PUBLISHED);
        workspace.write(FILE, text);
        let run = workspace.mark(&["class_full"], PUBLISHED);
        let is_told = run.notes.starts_with(FILE) && run.notes.contains(words);
        assert!(is_told && run.notes.contains("add `--replace`"), "{}", run.notes);
        assert_eq!((run.findings(), workspace.read(FILE)), (String::new(), text.to_owned()));
        let run = workspace.mark(&["class_full", "--replace"], PUBLISHED);
        assert!(run.notes.starts_with("note: replaced: ") && run.notes.contains(words));
        let has_advice = ["--replace", "restore", "check with"].map(|it| run.notes.contains(it));
        assert_eq!(has_advice, [false; 3], "{}", run.notes);
        run.success();
        workspace.check(&[], PUBLISHED).success();
    }
}

/// Otherwise the old record is gone from sight: no trigger is compared with it any more.
#[test]
fn a_key_that_changed_is_not_recorded_unless_it_is_to_be_replaced() {
    let workspace = Workspace::with(PUBLISHED);
    workspace.write("schemas/published/class_fuller.json", "no record");
    let run = workspace.mark(&["class_is_full"], ANOTHER_KEY);
    insta::assert_snapshot!(run.notes, @"
    class_is_full: [T100] (root): the key was `class_full` and is `class_is_full`
    1 finding; nothing was written. Take back what Wix forbids, as `cargo xtask check` tells, or add `--replace` if the app dashboard has it all the same
    ");
    assert_eq!(run.findings(), "");
    assert_eq!(workspace.names("schemas/published"), ["class_full.json", "class_fuller.json"]);

    let run = workspace.mark(&["--all", "--replace"], ANOTHER_KEY);
    let note = "note: replaced: class_is_full: [T100] (root): the key was ";
    assert!(run.notes.starts_with(note), "{}", run.notes);
    assert_eq!(run.success(), "wrote 1 of 1 record, to schemas/published\n");
    workspace.mark(&["--all"], ANOTHER_KEY).success();
}

#[test]
fn a_key_that_changed_does_not_keep_others_from_being_recorded() {
    let workspace = Workspace::with(PUBLISHED);
    let both = [ANOTHER_KEY, UNLIKE].concat();
    workspace.mark(&["lesson_moved"], &both).success();
    workspace.mark(&["--all"], &both).findings();
}

#[test]
fn a_trigger_of_another_package_has_not_changed_its_key() {
    let workspace = Workspace::with(PUBLISHED);
    workspace.edit(|record| record["package"] = "another".into());
    workspace.mark(&["class_is_full"], ANOTHER_KEY).success();
    // One that does not say its package may be of this one.
    let workspace = Workspace::with(PUBLISHED);
    workspace.edit(|record| *record = record["schema"].take());
    workspace.mark(&["class_is_full"], ANOTHER_KEY).findings();
}

#[test]
fn a_record_of_100_megabytes_is_not_read() {
    let workspace = Workspace::with(PUBLISHED);
    let file = std::fs::File::create(workspace.path(FILE)).expect("a file");
    file.set_len(100_000_000).expect("a large file");
    let run = workspace.mark(&["class_full"], PUBLISHED);
    assert!(run.notes.starts_with(&format!("{FILE} has 100000 kB, and no ")), "{}", run.notes);
    run.findings();
    workspace.mark(&["class_full", "--replace"], PUBLISHED).success();
}

/// Nobody writes to the pipe.
#[cfg(unix)]
#[test]
fn a_pipe_is_not_waited_for() {
    let workspace = Workspace::with(PUBLISHED);
    std::fs::remove_file(workspace.path(FILE)).expect("a file");
    let made = std::process::Command::new("mkfifo").arg(workspace.path(FILE)).status();
    assert!(made.expect("mkfifo starts").success());
    let error = workspace.mark(&["class_full"], PUBLISHED).error();
    assert_eq!(error, "schemas/published/class_full.json is no file; move it away");
}

/// What keeps one record from being written keeps all of them.
#[test]
fn records_are_written_whole_and_all_or_none() {
    let workspace = Workspace::with(PUBLISHED);
    let before = workspace.read(FILE);
    std::fs::create_dir(workspace.path("schemas/published/lesson_moved.json")).expect("a folder");
    let both = [HARMLESS, UNLIKE].concat();
    let error = workspace.mark(&["--all"], &both).error();
    assert_eq!(error, "schemas/published/lesson_moved.json is no file; move it away");
    assert_eq!(workspace.read(FILE), before);
    std::fs::remove_dir(workspace.path("schemas/published/lesson_moved.json")).expect("a folder");
    workspace.mark(&["--all"], &both).success();
    let names = workspace.names("schemas/published");
    assert_eq!(names, ["class_full.json", "lesson_moved.json"]);
}

/// A reader of the old file goes on reading it: the new one takes its name at once.
#[cfg(unix)]
#[test]
fn a_record_is_replaced_and_not_written_over() {
    use std::io::Read as _;

    let workspace = Workspace::with(PUBLISHED);
    let before = workspace.read(FILE);
    let mut reader = std::fs::File::open(workspace.path(FILE)).expect("a file");
    workspace.mark(&["--all"], HARMLESS).success();
    let mut read = String::new();
    reader.read_to_string(&mut read).expect("a text");
    assert_eq!(read, before);
    assert_ne!(workspace.read(FILE), before);
}

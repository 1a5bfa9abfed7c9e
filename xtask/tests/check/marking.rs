use crate::Workspace;
use crate::triggers::{HARMLESS, PUBLISHED, TWO};

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

use std::path::Path;

use clap::Parser;
use trigger_xtask::Outcome;

use crate::triggers::{ANOTHER_KEY, HARMLESS, OPTIONAL, PUBLISHED, TWO, UNLIKE, WITHOUT_TEACHER};
use crate::{Workspace, check};

/// Where the sources of the triggers are.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

#[test]
fn nothing_differs_after_publishing() {
    let workspace = Workspace::with(PUBLISHED);
    let run = workspace.check(&[], PUBLISHED);
    assert_eq!(run.notes, "");
    assert_eq!(run.success(), "1 trigger, against schemas/published: nothing differs\n");
}

#[test]
fn what_is_not_published_is_free_to_change() {
    let run = Workspace::new().check(&[], PUBLISHED);
    insta::assert_snapshot!(run.success(), @"1 trigger, against schemas/published: nothing is published there, so every edit is free (`cargo xtask mark-published` records what is)");
    let run = Workspace::with(PUBLISHED).check(&[], TWO);
    insta::assert_snapshot!(run.success(), @"2 triggers, against schemas/published (1 new and free to change): nothing differs");
}

#[test]
fn a_denied_edit_says_what_to_do_instead() {
    let workspace = Workspace::with(PUBLISHED);
    let published = workspace.shown("schemas/published");
    let run = check(&["--baseline", &published], WITHOUT_TEACHER, Path::new(ROOT));
    assert_eq!(run.notes, "`cargo xtask rules T…` explains a rule\n");
    let output = workspace.anonymous(&run.findings());
    insta::assert_snapshot!(output);
}

#[test]
fn an_accepted_edit_says_what_goes_live_first() {
    let workspace = Workspace::with(PUBLISHED);
    let run = workspace.check(&[], HARMLESS);
    assert_eq!(
        run.notes,
        "once the dashboard has the edits: cargo xtask mark-published class_full\n"
    );
    insta::assert_snapshot!(run.success());
}

#[test]
fn a_trigger_that_is_gone_is_told_at_its_record() {
    let run = Workspace::with(PUBLISHED).check(&[], UNLIKE);
    let output = run.findings();
    let start = "schemas/published/class_full.json:3: class_full: error: [T101] (root): ";
    assert!(output.starts_with(start), "{output}");
    assert!(output.contains("\n3 |   \"key\": \"class_full\",\n"), "{output}");
    assert!(output.contains("(1 new and free to change): 1 error\n"), "{output}");
}

#[test]
fn a_key_much_like_one_that_is_gone_is_a_renamed_one() {
    let output = Workspace::with(PUBLISHED).check(&[], ANOTHER_KEY).findings();
    let words =
        "class_is_full: error: [T100] (root): the key was `class_full` and is `class_is_full`";
    assert!(output.contains(words), "{output}");
    assert!(output.ends_with("1 trigger, against schemas/published: 1 error\n"), "{output}");
}

#[test]
fn one_trigger_can_be_checked_alone() {
    let workspace = Workspace::with(TWO);
    let both = [WITHOUT_TEACHER, UNLIKE].concat();
    workspace.check(&["--key", "lesson_moved"], &both).success();
    workspace.check(&["--key", "class_full"], &both).findings();
    assert_eq!(
        workspace.check(&["--key", "class_ful"], &both).error(),
        "no trigger has the key `class_ful`; did you mean `class_full`?"
    );
    // One that is gone can be asked for as well.
    let output = workspace.check(&["--key", "lesson_moved"], PUBLISHED).findings();
    assert!(output.contains(" lesson_moved: error: [T101] "), "{output}");
    assert!(output.ends_with("0 triggers, against schemas/published: 1 error\n"), "{output}");
}

#[test]
fn a_trigger_whose_key_changed_is_checked_by_either_key() {
    let workspace = Workspace::with(TWO);
    let renamed = [ANOTHER_KEY, UNLIKE].concat();
    for key in ["class_full", "class_is_full"] {
        let output = workspace.check(&["--key", key], &renamed).findings();
        assert!(output.contains("class_is_full: error: [T100] (root): "), "{output}");
        assert!(output.ends_with("1 trigger, against schemas/published: 1 error\n"), "{output}");
    }
}

#[test]
fn what_another_package_has_published_is_not_gone() {
    let workspace = Workspace::with(PUBLISHED);
    workspace.edit(|record| record["package"] = "another".into());
    workspace.check(&["--package", "trigger-xtask"], UNLIKE).success();
    workspace.check(&[], UNLIKE).findings();
    let asked = ["--package", "trigger-xtask", "--key", "class_full"];
    let error = workspace.check(&asked, UNLIKE).error();
    assert!(error.starts_with("no trigger has the key `class_full`; "), "{error}");
    // Nor is it free to change in the package that it moved to.
    workspace.check(&["--package", "trigger-xtask"], WITHOUT_TEACHER).findings();
}

/// The triggers of this program are all of another package.
#[test]
fn what_a_package_has_published_is_gone_with_its_last_trigger() {
    let workspace = Workspace::with(TWO);
    workspace.edit(|record| record["package"] = "former".into());
    let published = workspace.shown("schemas/published");
    let check = |package| {
        let words = ["check", "--package", package, "--baseline", &published];
        let check = crate::CheckArguments::parse_from(words).check;
        let mut output = Vec::new();
        let outcome = check.run(&mut output, &mut Vec::new());
        (outcome.map_err(|error| error.to_string()), crate::text(output))
    };
    let (outcome, output) = check("former");
    assert_eq!(outcome, Ok(Outcome::Findings));
    assert!(output.contains("class_full: error: [T101] "), "{output}");
    assert!(output.ends_with("/published: 1 error\n"), "{output}");
    let (outcome, _) = check("nowhere");
    let error = outcome.expect_err("nothing of it is known");
    assert!(error.starts_with("no trigger of package `nowhere` is linked"), "{error}");
}

#[test]
fn required_to_optional_is_judged_for_both_sides() {
    let output = Workspace::with(PUBLISHED).check(&[], OPTIONAL).findings();
    let words = ["[T117] /properties/seats: ", "are taken as before", "find nothing in events"];
    assert!(words.iter().all(|words| output.contains(words)), "{output}");
}

/// What Wix forbids goes live in no order.
#[test]
fn a_denied_edit_that_can_be_accepted_says_what_goes_live_first() {
    let workspace = Workspace::with(PUBLISHED);
    let output = workspace.check(&[], OPTIONAL).findings();
    assert!(
        output.contains("\n  = if you accept it, goes live: the dashboard first: "),
        "{output}"
    );
    let output = workspace.check(&[], WITHOUT_TEACHER).findings();
    assert!(!output.contains("goes live"), "{output}");
}

//! What docs/evolution.md shows: its commands print what it says, and its matrix is the table's.

use std::path::Path;
use std::process::Command;

use trigger_dialect::{Level, RULES, Rule};
use trigger_tests::markdown::commands;

const PAGE: &str = include_str!("../../../docs/evolution.md");
/// Where the commands run.
const ROOT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");

/// What the program prints in this workspace, and its exit code.
fn run(arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = command.args(arguments).current_dir(ROOT).output().expect("the program starts");
    let printed = String::from_utf8([output.stdout, output.stderr].concat()).expect("UTF-8");
    (printed, output.status.code())
}

#[test]
fn a_forbidden_edit_and_wrong_payloads_are_told_as_the_page_says() {
    let commands = commands(PAGE);
    let names: Vec<_> = commands.iter().map(|(arguments, _)| arguments[0]).collect();
    assert_eq!(names, ["check", "validate"]);
    for (arguments, printed) in commands {
        assert_eq!(run(&arguments), (printed.to_owned(), Some(100)), "{arguments:?}");
    }
}

#[test]
fn the_matrix_of_the_page_is_that_of_the_table() {
    let rows: Vec<_> = PAGE.lines().filter(|line| line.starts_with("| [T")).collect();
    let expected: Vec<_> = RULES.iter().filter_map(row).collect();
    assert_eq!(rows, expected);
}

fn row(rule: &Rule) -> Option<String> {
    let Rule { id, words, level, .. } = rule;
    let (anchor, level, first) = (id.to_lowercase(), level.name(), rule.change()?.order.name());
    Some(format!("| [{id}](rules.md#{anchor}) | {words} | {level} | {first} |"))
}

/// So that the page shows what it says it shows.
#[test]
fn the_edit_that_the_page_shows_is_one_that_wix_forbids() {
    let rule = Rule::find("T110").expect("a rule");
    assert_eq!(rule.level, Level::Forbidden);
    assert!(PAGE.contains(&format!("error: [{}] ", rule.id)));
}

#[test]
fn the_example_apps_keep_to_what_they_have_published() {
    let (printed, code) = run(&["check"]);
    assert_eq!(code, Some(0), "{printed}");
    let published = Path::new(ROOT).join("schemas/published");
    let records = std::fs::read_dir(published).expect("a folder").count();
    let expected = format!("{records} triggers, against schemas/published: nothing differs\n");
    assert_eq!(printed, expected);
}

//! What the README, docs/import.md and docs/import-webhook.md show of the imports: the program prints
//! what they say.

use std::fs;
use std::process::Command;

use trigger_tests::markdown::blocks;

const README: &str = include_str!("../../../README.md");
const PAGE: &str = include_str!("../../../docs/import.md");
const WEBHOOK_PAGE: &str = include_str!("../../../docs/import-webhook.md");

/// The blocks that show a file and what is imported of it.
fn sessions(text: &str) -> Vec<&str> {
    blocks(text, "console").into_iter().filter(|block| block.starts_with("$ cat ")).collect()
}

/// Writes the file of a session, runs its command, and compares what that prints.
#[track_caller]
fn follow(session: &str) -> Option<i32> {
    let (shown, command) = session.split_once("\n$ cargo xtask ").expect("a command");
    let (name, content) = shown.split_once('\n').expect("a file");
    let (arguments, printed) = command.split_once('\n').expect("what it prints");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = name.trim_start_matches("$ cat ");
    fs::write(folder.path().join(file), content).expect("a file");
    let mut program = Command::new(env!("CARGO_BIN_EXE_xtask"));
    let output = program.args(arguments.split(' ')).current_dir(folder.path()).output();
    let output = output.expect("the program starts");
    let all = [output.stdout, output.stderr].concat();
    assert_eq!(String::from_utf8(all).expect("UTF-8"), printed);
    output.status.code()
}

#[test]
fn the_program_prints_what_the_readme_shows() {
    let codes: Vec<_> = sessions(README).into_iter().map(follow).collect();
    assert_eq!(codes, [Some(0)]);
}

#[test]
fn the_program_prints_what_the_page_shows() {
    let codes: Vec<_> = sessions(PAGE).into_iter().map(follow).collect();
    assert_eq!(codes, [Some(0), Some(100)]);
}

#[test]
fn the_program_prints_what_the_page_about_webhooks_shows() {
    let codes: Vec<_> = sessions(WEBHOOK_PAGE).into_iter().map(follow).collect();
    assert_eq!(codes, [Some(0), Some(101)]);
}

//! What the compiler says of mistakes: `ui/fail` has a file for each, in folders by theme.
//!
//! Each line where an error is to stand ends with `//~` and the ids of the rules that are broken
//! there; `//~v` stands above a line that can have no comment of its own. `serde` and `rustc` are
//! written where the message is theirs. What is marked is where a message should stand, and the
//! `.stderr` beside it is what the compiler says; `TRYBUILD=overwrite cargo test -p trigger-tests
//! --test ui` writes it anew.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use trigger_dialect::{Language, Level, RULES, Rule};
use trigger_tests::{compiled, mistakes};

/// The start of `rustc --version` of the compiler that the `.stderr` files were written by.
const COMPILER: &str = "rustc 1.95.";

/// What no message has to say: who else implements a trait, what became of a constant, which macro
/// it was.
const NOISE: [&str; 3] = [
    "the following other types implement",
    "erroneous constant",
    "this error originates in the derive macro",
];

/// What is marked where the message is serde's own, whose words and place are not ours to choose.
const SERDE: &str = "serde";

/// What the files use beside `trigger-core`.
const DEPENDENCIES: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
uuid = { version = \"1\", default-features = false }
chrono = { version = \"0.4\", default-features = false, features = [\"serde\"] }
jiff = { version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }
rust_decimal = { version = \"1\", default-features = false, features = [\"serde-with-str\"] }
time = { version = \"0.3\", default-features = false, features = [\"serde-well-known\"] }
";

/// The lines of errors, each with the ids of the rules in order.
type Errors = BTreeMap<usize, Vec<String>>;

/// Other compilers use other words of their own around ours.
#[test]
fn the_compiler_says_what_is_recorded() {
    if is_the_recorded_compiler() {
        trybuild::TestCases::new().compile_fail("ui/fail/*/*.rs");
    }
}

/// An editor shows what a terminal hides: the same message for a second time.
#[test]
fn nothing_is_told_twice() {
    if !is_the_recorded_compiler() {
        return;
    }
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("mistakes");
    let programs = files("rs").into_iter().enumerate().map(|(number, file)| {
        let file = file.display().to_string();
        format!("[[bin]]\nname = \"mistake{number}\"\npath = {file:?}\n")
    });
    let rest = DEPENDENCIES.to_owned() + &programs.collect::<Vec<_>>().concat();
    let features = "\"chrono\", \"client\", \"jiff\", \"rust_decimal\", \"time\"";
    compiled::write_manifest(&folder, "mistakes", features, &rest);
    let messages = compiled::check(&folder, "mistake0");
    let ours: Vec<_> = messages.iter().filter(|message| message.words.contains("[T")).collect();
    assert!(ours.len() > 300, "{} messages", ours.len());
    let mut seen = HashSet::new();
    let twice: Vec<_> = ours.iter().filter(|message| !seen.insert(**message)).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

/// Tells it where it is not: what was not tested is said aloud.
fn is_the_recorded_compiler() -> bool {
    let version = compiled::compiler_version();
    let is_it = version.starts_with(COMPILER);
    if !is_it {
        // Not captured by the harness, as `eprintln!` is.
        writeln!(
            std::io::stderr(),
            "NOT TESTED: the messages in `tests/ui/fail` are recorded with `{COMPILER}`, and this \
             is `{}`",
            version.trim()
        )
        .expect("stderr takes a line");
    }
    is_it
}

#[test]
fn errors_stand_where_they_are_marked() {
    let sources = files("rs");
    assert!(sources.len() > 100, "the folder was not read: {sources:?}");
    let complaints: Vec<String> = sources.iter().flat_map(|source| complaints(source)).collect();
    assert!(complaints.is_empty(), "{} complaints:\n{}", complaints.len(), complaints.join("\n"));
}

#[test]
fn each_mistake_has_a_message_and_each_message_a_mistake() {
    let without_ending = |files: Vec<PathBuf>| -> Vec<PathBuf> {
        files.iter().map(|file| file.with_extension("")).collect()
    };
    assert_eq!(without_ending(files("rs")), without_ending(files("stderr")));
}

/// So that the page of rules, which shows these examples, has messages to show as well.
#[test]
fn each_bad_example_of_the_table_is_one_of_the_files() {
    let texts: Vec<String> =
        files("rs").iter().map(|file| mistakes::without_marks(&read(file))).collect();
    let refused = RULES.iter().filter(|rule| {
        // What a type writes is seen when it writes.
        rule.is_in(Language::Rust) && rule.level == Level::Error && **rule != Rule::TYPE_WRITES
    });
    for rule in refused {
        let expected = mistakes::of_example(rule.mistake().expect("a rule of schemas").bad);
        let found = texts.iter().filter(|text| **text == expected).count();
        assert_eq!(found, 1, "files with the bad example of {}", rule.id);
    }
}

/// What is wrong with the messages of a file.
fn complaints(source: &Path) -> Vec<String> {
    let text = read(source);
    // Another test asks whether there is one.
    let message = fs::read_to_string(source.with_extension("stderr")).unwrap_or_default();
    let mut complaints = Vec::new();
    let (marked, told) = (marked(&text), told(&message));
    if marked != told {
        complaints.push(format!("marked {marked:?}, told {told:?}"));
    }
    for error in errors(&message).filter(|error| id_of(error) != SERDE) {
        if points_at_derive(&text, error) {
            complaints.push("an error points at the derive".to_owned());
        }
        let noises = NOISE.iter().filter(|noise| error.contains(**noise));
        complaints.extend(noises.map(|noise| format!("noise: {noise}")));
    }
    if message.lines().any(|line| line.starts_with("warning")) {
        complaints.push("a warning".to_owned());
    }
    complaints.iter().map(|complaint| format!("{}: {complaint}", source.display())).collect()
}

fn points_at_derive(source: &str, error: &str) -> bool {
    let line = line_of(error).checked_sub(1).and_then(|index| source.lines().nth(index));
    line.is_some_and(|line| line.trim_start().starts_with("#[derive("))
}

/// The errors that a source is to have.
fn marked(source: &str) -> Errors {
    let mut errors = Errors::new();
    for (index, line) in source.lines().enumerate() {
        let Some((_, mark)) = line.split_once("//~") else { continue };
        let (below, ids) = match mark.strip_prefix('v') {
            Some(ids) => (1, ids),
            None => (0, mark),
        };
        let ids = ids.split_whitespace().map(str::to_owned);
        errors.entry(index + 1 + below).or_default().extend(ids);
    }
    sorted(errors)
}

/// The errors that a message of the compiler tells of.
fn told(message: &str) -> Errors {
    let mut told = Errors::new();
    for error in errors(message) {
        told.entry(line_of(error)).or_default().push(id_of(error).to_owned());
    }
    sorted(told)
}

/// Two errors of one line may come in either order.
fn sorted(mut errors: Errors) -> Errors {
    for ids in errors.values_mut() {
        ids.sort_unstable();
    }
    errors
}

fn errors(message: &str) -> impl Iterator<Item = &str> {
    message.split("\n\n").filter(|part| part.starts_with("error"))
}

/// The line behind the first `-->`, or 0.
fn line_of(error: &str) -> usize {
    let place = error.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let number = place.and_then(|place| place.split(':').nth(1));
    number.and_then(|number| number.parse().ok()).unwrap_or_default()
}

/// The id in brackets, or whose message it is.
fn id_of(error: &str) -> &str {
    let words = error.lines().next().unwrap_or_default();
    let in_brackets = words.split_once("[T").and_then(|(before, rest)| {
        let (digits, _) = rest.split_once(']')?;
        words.get(before.len() + 1..before.len() + 2 + digits.len())
    });
    match in_brackets {
        Some(id) => id,
        None if error.contains("serde") => SERDE,
        None => "rustc",
    }
}

/// The files of this ending.
fn files(ending: &str) -> Vec<PathBuf> {
    mistakes::files(ending).expect("a folder")
}

fn read(file: &Path) -> String {
    fs::read_to_string(file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

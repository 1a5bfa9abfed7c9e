//! The command, on files.

use std::fs::{self, File};
use std::time::{Duration, Instant};

use clap::Parser;
use trigger_xtask::import::{Input, Options, to_rust};
use trigger_xtask::{Import, ImportError, Outcome};

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    import: Import,
}

/// How it ended, what it printed, and what it told.
fn run(words: &[&str]) -> (Result<Outcome, ImportError>, String, String) {
    let import = Arguments::parse_from([&["import"], words].concat()).import;
    let (mut output, mut notes) = (Vec::new(), Vec::new());
    let result = import.run(&mut output, &mut notes);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    (result, text(output), text(notes))
}

#[test]
fn the_command_prints_what_the_library_gives() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seat_taken.json");
    let text = r#"{ "at": "2026-01-15T09:30:00Z" }"#;
    fs::write(&file, text).expect("a file");
    let file = file.to_str().expect("UTF-8");
    let options = Options::default();
    let input = Input { name: file, bytes: text.as_bytes() };
    let expected = to_rust(&[input], &options).expect("it can be imported");
    let (result, output, notes) = run(&[file]);
    assert!(matches!(result, Ok(Outcome::Success)));
    assert_eq!((output, notes.as_str()), (expected, ""));

    let (_, output, _) = run(&[file, file, "--key", "seat_given", "--time", "chrono"]);
    assert!(
        output.contains("pub struct SeatGiven {\n") && output.contains("DateTime<Utc>"),
        "{output}"
    );
}

#[test]
fn refusals_are_told_and_nothing_is_printed() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seat_taken.json");
    fs::write(&file, r#"{ "a": null, "b": [] }"#).expect("a file");
    let file = file.to_str().expect("UTF-8");
    let (result, output, notes) = run(&[file]);
    assert!(matches!(result, Ok(Outcome::Findings)));
    assert_eq!(output, "");
    let last = "2 findings; nothing was imported. `cargo xtask rules T…` explains a rule";
    assert_eq!(notes.lines().count(), 3);
    assert_eq!(notes.lines().last(), Some(last));
}

#[test]
fn a_file_of_100_mb_is_refused_at_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("seat_taken.json");
    File::create(&file).and_then(|file| file.set_len(100 << 20)).expect("a file");
    let start = Instant::now();
    let (result, ..) = run(&[file.to_str().expect("UTF-8")]);
    assert!(matches!(result, Err(ImportError::TooLarge { .. })), "{result:?}");
    assert!(start.elapsed() < Duration::from_secs(1));
}

#[test]
fn a_file_that_is_not_there_is_told() {
    let (result, ..) = run(&["nowhere/seat_taken.json"]);
    let error = result.expect_err("there is no file");
    assert_eq!(error.to_string(), "could not read nowhere/seat_taken.json");
}

/// As much as is read at all, in the shapes that take the longest.
#[test]
fn large_inputs_are_told_of_quickly() {
    let many = |count: usize, of: &dyn Fn(usize) -> String| {
        (0..count).map(of).collect::<Vec<_>>().join(",")
    };
    let choice = |keyword: &str, values: String| {
        format!(
            r#"{{ "type": "object", "properties": {{ "a": {{ "type": "string", "title": "A",
            "examples": ["x"], "{keyword}": [{values}] }} }} }}"#
        )
    };
    let object = |at| {
        format!(
            r#""k{at}":{{"type":"object","title":"T","examples":[{{}}],"properties":
            {{"a":{{"type":"string","title":"{at}"}}}}}}"#
        )
    };
    let member = |at| format!(r#""k{at}":{{"type":"string","title":"T","examples":["x"]}}"#);
    let texts = [
        choice("enum", many(90_000, &|at| format!("\"\u{e4}{at}\""))),
        choice("oneOf", many(50_000, &|at| format!("{{\"const\":\"{at}\"}}"))),
        format!(r#"{{ "type": "object", "properties": {{ {} }} }}"#, many(18_000, &member)),
        format!(r#"{{ "type": "object", "properties": {{ {} }} }}"#, many(7_500, &object)),
        format!(
            r#"{{ "type": "object", "properties": {{}}, "required": [{}] }}"#,
            many(90_000, &|at| format!("\"{at}\""))
        ),
        format!("{{{}}}", many(80_000, &|at| format!("\"k{at}\":1"))),
        many(200_000, &|_| "{}".to_owned()).replace(',', ""),
        format!(r#"{{ "a": [{}] }}"#, many(80_000, &|at| format!("{{\"b\":{at}}}"))),
        format!(r#"{{ "a": [{}] }}"#, many(100_000, &|_| "[]".to_owned())),
    ];
    for text in texts {
        assert!(text.len() < 1 << 20, "{}", text.len());
        let start = Instant::now();
        let input = Input { name: "seat_taken.json", bytes: text.as_bytes() };
        let _ = to_rust(&[input], &Options::default());
        let took = start.elapsed();
        println!("{took:?} for {}", &text[..60]);
        assert!(took < Duration::from_secs(20), "{took:?} for {}", &text[..60]);
    }
}

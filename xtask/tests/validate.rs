//! `validate` on a made-up trigger.

use std::fs;

use clap::Parser;
use serde::Serialize;
use tempfile::TempDir;
use trigger_core::Trigger;
use trigger_xtask::{Outcome, Validate, ValidateError};

#[derive(Serialize, Trigger)]
#[trigger(key = "class_full", name = "Class full")]
struct ClassFull {
    seats: u32,
    #[trigger(format = "email", example = "ada@example.com")]
    teacher: Option<String>,
}

#[derive(Parser)]
struct Arguments {
    #[command(flatten)]
    validate: Validate,
}

/// What is said of files with these texts, called `0`, `1` and so on.
fn validate(key: &str, texts: &[impl AsRef<[u8]>]) -> (Result<Outcome, String>, String) {
    let folder: TempDir = tempfile::tempdir().expect("a temporary folder");
    let mut words = vec!["validate".to_owned(), "--key".to_owned(), key.to_owned()];
    for (number, text) in texts.iter().enumerate() {
        let file = folder.path().join(number.to_string());
        fs::write(&file, text).expect("a file");
        words.push(file.to_str().expect("UTF-8").to_owned());
    }
    let validate = Arguments::parse_from(words).validate;
    let mut output = Vec::new();
    let result = validate.run_on(&[ClassFull::SPEC], &mut output);
    let output = String::from_utf8(output).expect("UTF-8");
    let anonymous = |text: &str| text.replace(&format!("{}/", folder.path().display()), "");
    let error = |error: ValidateError| anonymous(&error.to_string());
    (result.map_err(error), anonymous(&output))
}

#[test]
fn payloads_that_fit_are_counted() {
    let texts = [r#"{ "seats": 1 }"#, "{ \"seats\": 1 }\n{ \"seats\": 2, \"other\": 3 }\n"];
    let (result, output) = validate("class_full", &texts);
    assert_eq!(result, Ok(Outcome::Success));
    assert_eq!(output, "3 payloads of class_full: nothing is wrong\n");
}

#[test]
fn what_is_wrong_is_told_with_its_file_line_and_pointer() {
    let texts = [
        "{\n  \"teacher\": \"ada\"\n}\n",
        "{ \"seats\": 1 }\n{ \"seats\": \"many\" }\nno JSON\n{ \"seats\": 2, \"teacher\": null }\n",
        "[]",
    ];
    let (result, output) = validate("class_full", &texts);
    assert_eq!(result, Ok(Outcome::Findings));
    insta::assert_snapshot!(output, @r#"
    0:1: (root): "seats" is a required property
    0:1: /teacher: "ada" is not a "email"
    1:2: /seats: "many" is not of type "integer"
    1:3: (root): it is no JSON: expected ident at line 3 column 2
    1:4: /teacher: null is not of type "string"
    2:1: (root): [] is not of type "object"
    6 payloads of class_full: 6 problems
    "#);
}

#[test]
fn a_broken_first_line_does_not_hide_the_others() {
    let (result, output) = validate("class_full", &["{ \"seats\": 1\n{ \"seats\": 2 }\n{}\n"]);
    assert_eq!(result, Ok(Outcome::Findings));
    insta::assert_snapshot!(output, @r#"
    0:1: (root): it is no JSON: EOF while parsing an object at line 1 column 12
    0:3: (root): "seats" is a required property
    3 payloads of class_full: 2 problems
    "#);
}

/// As PowerShell and Notepad write them.
#[test]
fn texts_of_windows_are_read_or_told() {
    let (result, _) = validate("class_full", &["\u{feff}{ \"seats\": 1 }\r\n{ \"seats\": 2 }\r\n"]);
    assert_eq!(result, Ok(Outcome::Success));
    let (result, _) = validate("class_full", &[b"\xff\xfe{\0}\0"]);
    assert_eq!(result, Err("0 is UTF-16, and no UTF-8; save it as UTF-8".to_owned()));
}

#[test]
fn an_unknown_key_has_a_mend() {
    let (result, output) = validate("class_ful", &["{}"]);
    let words = "no trigger has the key `class_ful`; did you mean `class_full`?";
    assert_eq!((result, output.as_str()), (Err(words.to_owned()), ""));
}

#[test]
fn a_file_without_a_payload_is_not_taken_for_a_good_one() {
    let (result, output) = validate("class_full", &[r#"{ "seats": 1 }"#, " \n"]);
    assert_eq!(result, Ok(Outcome::Findings));
    assert_eq!(output, "1:1: there is no payload\n1 payload of class_full: 1 problem\n");
}

#[test]
fn a_file_that_cannot_be_read_is_told() {
    let words = ["validate", "--key", "class_full", "nowhere.json"];
    let validate = Arguments::parse_from(words).validate;
    let error = validate.run_on(&[ClassFull::SPEC], &mut Vec::new()).expect_err("no file");
    assert_eq!(error.to_string(), "could not read nowhere.json");
}

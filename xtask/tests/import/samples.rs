//! Samples, merged.

use trigger_xtask::import::{Options, Time};

use crate::{import, import_with};

/// The lines of the struct's fields.
#[track_caller]
fn fields(texts: &[&str]) -> Vec<String> {
    let source = import(texts).expect("it can be imported");
    let fields = source.lines().filter(|line| line.starts_with("    pub "));
    fields.map(|line| line.trim_start_matches("    pub ").to_owned()).collect()
}

#[test]
fn a_key_that_one_sample_lacks_is_an_option() {
    assert_eq!(
        fields(&[r#"{ "a": 1, "b": 1 }"#, r#"{ "b": 2, "c": 3 }"#]),
        ["a: Option<i64>,", "b: i64,", "c: Option<i64>,"]
    );
    assert_eq!(fields(&[r#"{ "a": 1 } { "a": null }"#]), ["a: Option<i64>,"]);
}

#[test]
fn an_integer_here_and_a_fraction_there_is_a_float() {
    assert_eq!(fields(&[r#"{ "a": 12 }"#, r#"{ "a": 12.5 }"#]), ["a: f64,"]);
    assert_eq!(fields(&[r#"{ "a": 12.5 }"#, r#"{ "a": 12 }"#]), ["a: f64,"]);
    assert_eq!(fields(&[r#"{ "a": 12 }"#, r#"{ "a": 13 }"#]), ["a: i64,"]);
}

#[test]
fn a_format_is_recognized_if_all_samples_agree() {
    for (value, other, ty, attribute) in [
        (
            "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50",
            "8c5d4d52-5c0c-4bb2-9a4a-1e1f4a3a9b01",
            "Uuid",
            "",
        ),
        ("2026-01-15T09:30:00Z", "2026-01-15T09:30:00+01:00", "Timestamp", ""),
        ("2026-01-15", "2026-02-15", "Date", ""),
        ("ada@example.com", "grace@example.com", "String", "format = \"email\""),
        ("https://example.com/a", "http://example.com", "String", "format = \"uri\""),
    ] {
        let sample = |value: &str| format!("{{ \"a\": {value:?} }}");
        let agreeing = [&*sample(value), &*sample(other)];
        assert_eq!(fields(&agreeing), [format!("a: {ty},")]);
        assert!(import(&agreeing).expect("it can be imported").contains(attribute));
        let disagreeing = [&*sample(value), &*sample("text")];
        assert_eq!(fields(&disagreeing), ["a: String,"]);
        assert!(!import(&disagreeing).expect("it can be imported").contains("format"));
    }
    assert!(!import(&[r#"{ "a": "note:late" }"#]).expect("it can be imported").contains("format"));
}

#[test]
fn members_and_items_are_merged_as_well() {
    let texts = [
        r#"{ "o": { "a": 1 }, "l": [{ "a": 1 }, { "a": 1.5, "b": "x" }] }"#,
        r#"{ "o": { "a": 1, "b": true }, "l": [] }"#,
    ];
    assert_eq!(
        fields(&texts),
        ["o: O,", "l: Vec<LItem>,", "a: i64,", "b: Option<bool>,", "a: f64,", "b: Option<String>,"]
    );
}

#[test]
fn a_role_is_proposed_and_never_decided() {
    let source = import(&[r#"{
        "contactId": "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50",
        "type": "8c5d4d52-5c0c-4bb2-9a4a-1e1f4a3a9b01",
        "at": "2026-01-15T09:30:00Z"
    }"#])
    .expect("it can be imported");
    let start = source.lines().skip_while(|line| *line != "#[trigger(").take(6);
    assert_eq!(
        start.collect::<Vec<_>>(),
        [
            "#[trigger(",
            "    key = \"class_full\",",
            "    // scheduled_at = at, // if events happen then, and not when they are reported",
            "    // contact = contact_id, // if it is the id of a contact of the site",
            "    // entity_id = r#type, // if events are canceled by it",
            ")]",
        ]
    );
}

#[test]
fn dates_are_of_the_crate_that_was_chosen() {
    let text = r#"{ "at": "2026-01-15T09:30:00Z", "on": "2026-01-15" }"#;
    for (time, expected) in [
        (
            Time::Jiff,
            ["use jiff::{Timestamp, civil::Date};", "pub at: Timestamp,", "pub on: Date,"],
        ),
        (
            Time::Chrono,
            [
                "use chrono::{DateTime, NaiveDate, Utc};",
                "pub at: DateTime<Utc>,",
                "pub on: NaiveDate,",
            ],
        ),
    ] {
        let source = import_with(&[text], &Options { time, ..Options::default() });
        let source = source.expect("it can be imported");
        for line in expected {
            assert!(source.contains(line), "{source}");
        }
    }
}

#[test]
fn names_that_clash_and_words_of_rust_are_mended() {
    assert_eq!(
        fields(&[
            r#"{ "dueAt": 1, "due_at": 1, "DueAt": 1, "fn": 1, "self": 1, "Self": 1, "1st": 1, "option": { "a": 1 } }"#
        ]),
        [
            "due_at: i64,",
            "due_at_2: i64,",
            "due_at_3: i64,",
            "r#fn: i64,",
            "self_: i64,",
            "self_2: i64,",
            "_1st: i64,",
            "option: ClassFullOption,",
            "a: i64,",
        ]
    );
}

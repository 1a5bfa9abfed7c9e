//! What cannot be imported, and what is said of it.

use trigger_xtask::import::{Input, Options, to_rust};

use crate::{import, import_with, refused};

#[test]
fn all_that_the_dialect_does_not_allow_is_refused_at_once() {
    let schema = r##"{
        "type": "object",
        "properties": {
            "tags": { "type": "array", "title": "Tags", "items": { "type": "string" }, "examples": [[]] },
            "either": { "type": ["string", "null"], "title": "Either", "examples": ["a"] },
            "other": { "$ref": "#/definitions/other" },
            "seats": { "type": "integer", "title": "Seats", "minimum": 1, "examples": [1] },
            "at": { "type": "string", "title": "At", "format": "date-time", "examples": ["today"] },
            "due-at": { "type": "string", "title": "Due at", "examples": ["a"] }
        },
        "required": ["nobody"],
        "definitions": {},
        "anyOf": []
    }"##;
    insta::assert_snapshot!(refused(&[schema]), @r##"
    class_full.json: [T025] /anyOf: `anyOf` is no keyword of the dialect here
    class_full.json: [T025] /definitions: `definitions` is no keyword of the dialect here
    class_full.json: [T020] /properties/due-at: `due-at`: a property's name holds only `A-Z`, `a-z`, `0-9` and `_`, and does not start with `_`
    class_full.json: [T022] /properties/either/type: ["string","null"] is not one of ["string","number","integer","boolean","object","array"]
    class_full.json: [T022] /properties/other: "type" is a required property
    class_full.json: [T040] /properties/other: "examples" is a required property
    class_full.json: [T047] /properties/other: "title" is a required property
    class_full.json: [T025] /properties/other/$ref: `$ref` is no keyword of the dialect here
    class_full.json: [T025] /properties/seats/minimum: `minimum` is no keyword of the dialect here
    class_full.json: [T024] /properties/tags/items: "properties" is a required property
    class_full.json: [T024] /properties/tags/items/type: "object" was expected
    class_full.json: [T027] /required/0: `nobody` is required, but `properties` does not describe it
    class_full.json: [T042] /properties/at/examples/0: "today" is not a "date-time"
    "##);
}

#[test]
fn what_only_a_struct_cannot_say_is_refused_by_its_keyword() {
    let schema = r#"{
        "type": "object",
        "title": "A class is full",
        "default": {},
        "properties": {
            "level": { "type": "string", "title": "Level", "oneOf": [{ "const": "A", "title": "First" }], "examples": ["A"] },
            "stars": { "type": "integer", "title": "Stars", "enum": [1, 2], "examples": [1] },
            "kind": { "type": "string", "title": "Kind", "format": "hostname", "enum": ["a"], "examples": ["a"] },
            "seats": {
                "type": "array", "title": "Seats", "hidden": false,
                "items": {
                    "type": "object", "title": "Seat",
                    "properties": { "row": { "type": "integer", "title": "Row" } }
                },
                "examples": [[{ "row": 1, "price": 2 }]]
            }
        }
    }"#;
    insta::assert_snapshot!(refused(&[schema]), @r##"
    class_full.json: [title] /title: a struct says nothing of the payload as a whole
    class_full.json: [default] /default: a struct says nothing of the payload as a whole
    class_full.json: [oneOf] /properties/level/oneOf: a Rust enum becomes `enum`, whose values have no titles
    class_full.json: [enum] /properties/stars/enum: a Rust enum has values that are strings
    class_full.json: [format] /properties/kind/format: a Rust enum has no format; keep one of the two
    class_full.json: [hidden] /properties/seats/hidden: `false` goes without saying; remove it
    class_full.json: [examples] /properties/seats/examples/0: it has a member that `properties` does not describe, and a struct has no more members than its schema
    class_full.json: [title] /properties/seats/items/title: a struct says nothing of items by themselves
    "##);

    let options = Options { leave_out: true, ..Options::default() };
    let source = import_with(&[schema], &options).expect("it can be imported");
    insta::assert_snapshot!(source, @r##"
    use serde::Serialize;
    use trigger_core::{Property, Trigger};

    // Left out: `/title`: a struct says nothing of the payload as a whole.
    // Left out: `/default`: a struct says nothing of the payload as a whole.
    // Left out: `/properties/level/oneOf`: a Rust enum becomes `enum`, whose values have no titles.
    // Left out: `/properties/stars/enum`: a Rust enum has values that are strings.
    // Left out: `/properties/kind/format`: a Rust enum has no format; keep one of the two.
    // Left out: `/properties/seats/hidden`: `false` goes without saying; remove it.
    // Left out: `/properties/seats/examples/0`: it has a member that `properties` does not describe,
    // and a struct has no more members than its schema.
    // Left out: `/properties/seats/items/title`: a struct says nothing of items by themselves.
    #[derive(Serialize, Trigger)]
    #[trigger(key = "class_full")]
    pub struct ClassFull {
        pub level: Option<Level>,
        pub stars: Option<i64>,
        pub kind: Option<Kind>,
        pub seats: Option<Vec<Seat>>,
    }

    #[derive(Serialize, Property)]
    pub enum Level {
        A,
    }

    #[derive(Serialize, Property)]
    #[serde(rename_all = "lowercase")]
    pub enum Kind {
        A,
    }

    #[derive(Serialize, Property)]
    pub struct Seat {
        pub row: Option<i64>,
    }
    "##);
}

#[test]
fn what_no_sample_tells_is_refused_at_once() {
    let sample = r#"{
        "nothing": null,
        "empty": [],
        "object": {},
        "numbers": [1, 2],
        "lists": [[{ "a": 1 }]],
        "deep": { "inside": { "a": 1 }, "list": [{ "a": 1 }], "_id": "x" },
        "lines": [{ "price": { "value": "1" } }, null],
        "due-at": "2026-01-15",
        "": 1,
        "large": 9007199254740993,
        "larger": 123456789012345678901234567890,
        "mixed": 1
    }"#;
    insta::assert_snapshot!(refused(&[sample, r#"{ "mixed": "1", "a~/b": true }"#, "[1]"]), @r##"
    third: [T005] (root): a payload is an object, and this is an array
    class_full.json: [T022] /nothing: `null` in all samples does not tell a type, and Wix's types have no `null`; give a sample with a value, or leave the key out
    class_full.json: [T024] /empty: an empty array does not tell its items; give a sample with one, or leave the key out
    class_full.json: [T022] /object: an empty object does not tell its members, and an object has some; give a sample with them, or leave the key out
    class_full.json: [T024] /numbers/0: the items of an array are objects, and this is an integer
    class_full.json: [T024] /numbers/1: the items of an array are objects, and this is an integer
    class_full.json: [T024] /lists/0: the items of an array are objects, and this is an array
    class_full.json: [T023] /deep/inside: a member of an object is a string, number, integer or boolean; move it to the first level, with a key of its own
    class_full.json: [T023] /deep/list: a member of an object is a string, number, integer or boolean; move it to the first level, with a key of its own
    class_full.json: [T020] /deep/_id: `_id`: a property's name holds only `A-Z`, `a-z`, `0-9` and `_`, and does not start with `_`; Wix takes no such key
    class_full.json: [T024] /lines/1: the items of an array are objects, and this is `null`
    class_full.json: [T020] /due-at: `due-at`: a property's name holds only `A-Z`, `a-z`, `0-9` and `_`, and does not start with `_`; Wix takes no such key
    class_full.json: [T020] /: ``: a property's name holds only `A-Z`, `a-z`, `0-9` and `_`, and does not start with `_`; Wix takes no such key
    class_full.json: [T051] /large: an integer of a payload is at most 2^53 either way, beyond which digits are lost; send a string
    class_full.json: [T051] /larger: an integer of a payload is at most 2^53 either way, beyond which digits are lost; send a string
    second: [T022] /mixed: this is a string, and at /mixed of class_full.json stands an integer; a property has one type
    second: [T020] /a~0~1b: `a~/b`: a property's name holds only `A-Z`, `a-z`, `0-9` and `_`, and does not start with `_`; Wix takes no such key
    "##);
}

#[test]
fn a_sample_that_tells_more_answers_for_one_that_does_not() {
    let empty = r#"{ "list": [], "object": {}, "nothing": null }"#;
    assert!(import(&[empty]).is_err());
    let full = r#"{ "list": [{ "a": 1 }], "object": { "a": 1 }, "nothing": 1 }"#;
    assert!(import(&[empty, full]).is_ok());
}

#[test]
fn an_empty_payload_has_nothing_to_import() {
    assert_eq!(
        refused(&["{}"]),
        "class_full.json: [T008] (root): a payload has at least one property, and here is none; \
         give a sample with all"
    );
}

#[test]
fn names_that_stand_twice_are_refused_wherever_they_stand() {
    let text = r#"{ "a": 1, "list": [{ "b": 1, "b": 2 }], "a": 2 }"#;
    insta::assert_snapshot!(refused(&[text]), @r##"
    class_full.json: [T021] /list/0/b: this name stands twice in its object; keep one of the two members
    class_full.json: [T021] /a: this name stands twice in its object; keep one of the two members
    "##);
    let schema = r#"{ "type": "object", "type": "object", "properties": {} }"#;
    assert!(refused(&[schema]).contains("[T021] /type: "));
}

#[test]
fn a_schema_is_imported_by_itself() {
    let schema = r#"{ "type": "object", "properties": { "a": { "type": "integer", "title": "A", "examples": [1] } } }"#;
    for texts in [&[schema, schema], &[schema, r#"{ "a": 1 }"#], &[r#"{ "a": 1 }"#, schema]] {
        assert!(refused(texts).starts_with("a schema is imported by itself"), "{texts:?}");
    }
    // Its keys are those of a schema, and their types are not.
    assert!(import(&[r#"{ "type": "order", "properties": { "colour": "red" } }"#]).is_ok());
}

#[test]
fn what_is_no_json_is_told_with_its_place() {
    for (text, words) in [
        ("", "class_full.json is empty; a payload or a payload schema is to stand there"),
        (
            "{ \"a\": }",
            "class_full.json is no JSON that can be imported: expected value at line 1 column 8",
        ),
        (
            "{ \"a\": 1e999 }",
            "class_full.json is no JSON that can be imported: number out of range at line 1 column 12",
        ),
    ] {
        let error = import(&[text]).expect_err("it is refused");
        let source = std::error::Error::source(&error).map(|it| format!(": {it}"));
        assert_eq!(format!("{error}{}", source.unwrap_or_default()), words);
    }
}

#[test]
fn deep_nesting_is_told_and_no_stack_overflows() {
    for (start, end) in [("[", "]"), ("{\"a\":", "}")] {
        let text = format!("{}1{}", start.repeat(100_000), end.repeat(100_000));
        let error = import(&[&text]).expect_err("it is refused");
        let source = std::error::Error::source(&error).expect("a reason").to_string();
        assert!(source.starts_with("recursion limit exceeded"), "{source}");
    }
}

#[test]
fn what_is_no_utf_8_is_told_with_its_place() {
    for (bytes, words) in [
        (
            &b"{ \"a\": \"\xff\" }"[..],
            "is no UTF-8: invalid utf-8 sequence of 1 bytes from index 8",
        ),
        (b"\xff\xfe{\0}\0", "is UTF-16, and no UTF-8"),
    ] {
        let input = Input { name: "class_full.json", bytes };
        let error = to_rust(&[input], &Options::default()).expect_err("it is refused");
        let expected = format!("class_full.json {words}; save it as UTF-8");
        assert_eq!(error.to_string(), expected);
    }
}

#[test]
fn a_mark_at_the_start_of_a_file_is_no_mistake() {
    assert!(import(&["\u{feff}{ \"a\": 1 }"]).is_ok());
}

#[test]
fn a_key_is_asked_for_where_no_name_tells_it() {
    let key = |name: &str, key: Option<&str>| {
        let input = Input { name, bytes: b"{ \"a\": 1 }" };
        let options = Options { key: key.map(str::to_owned), ..Options::default() };
        to_rust(&[input], &options).map_err(|error| error.to_string())
    };
    assert!(key("samples/class_full.sample.json", None).expect("a key").contains("\"class_full\""));
    assert!(key("Class Full.json", Some("class_full")).expect("a key").contains("\"class_full\""));
    assert!(key("Class Full.json", None).expect_err("no key").contains("add `--key KEY`"));
    assert!(
        key("a.json", Some("Class full")).expect_err("no key").starts_with("`Class full` is no")
    );
}

#[test]
fn no_input_is_no_payload() {
    let options = Options { key: Some("class_full".to_owned()), ..Options::default() };
    let error = to_rust(&[], &options).expect_err("there is nothing");
    assert!(error.to_string().starts_with("there is no input"), "{error}");
}

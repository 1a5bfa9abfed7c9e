//! What cannot be imported, and what is said of it.

use trigger_xtask::import::{Input, Options, to_rust};

use crate::{import, refused};

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
fn what_says_nothing_or_too_much_is_refused() {
    let schema = r#"{
        "type": "object",
        "title": " ",
        "default": { "stars": null },
        "examples": [{ "level": "A", "other": 1 }],
        "properties": {
            "level": {
                "type": "string", "title": "Level",
                "oneOf": [{ "const": "A", "title": "" }, { "const": "A" }], "examples": ["A"]
            },
            "stars": { "type": "integer", "title": "Stars", "enum": [1, "2"], "examples": [3] },
            "rate": { "type": "number", "title": "Rate", "enum": [9007199254740993], "examples": [9007199254740993] },
            "kind": { "type": "string", "title": "Kind", "format": "date", "enum": ["a"], "examples": ["a"] },
            "seats": {
                "type": "array", "title": "Seats", "hidden": false,
                "items": {
                    "type": "object", "title": "",
                    "properties": { "row": { "type": "integer", "title": "Row" } }
                },
                "examples": [[{ "row": 1, "price": 2 }]]
            }
        }
    }"#;
    insta::assert_snapshot!(refused(&[schema]), @r##"
    class_full.json: [T041] /default/stars: null is not of type "integer"
    class_full.json: [T041] /default/stars: null is not one of 1 or "2"
    class_full.json: [T041] /examples/0/level: "A" is valid under more than one of the schemas listed in the 'oneOf' keyword
    class_full.json: [T041] /examples/0/other: `properties` does not describe this member; describe it or remove it
    class_full.json: [T042] /properties/kind/enum/0: "a" is not a "date"
    class_full.json: [T042] /properties/kind/examples/0: "a" is not a "date"
    class_full.json: [T041] /properties/level/examples/0: "A" is valid under more than one of the schemas listed in the 'oneOf' keyword
    class_full.json: [T046] /properties/level/oneOf/0/title: a title, description, namespace or custom type is not empty
    class_full.json: [T028] /properties/level/oneOf/1/const: this value stands before already
    class_full.json: [T041] /properties/seats/examples/0/0/price: `properties` does not describe this member; describe it or remove it
    class_full.json: [T025] /properties/seats/hidden: this is `true`, or it is left out
    class_full.json: [T046] /properties/seats/items/title: a title, description, namespace or custom type is not empty
    class_full.json: [T028] /properties/stars/enum/1: "2" is not of type "integer"
    class_full.json: [T041] /properties/stars/examples/0: 3 is not one of 1 or "2"
    class_full.json: [T046] /title: a title, description, namespace or custom type is not empty
    class_full.json: [T051] /properties/rate/examples/0: this number has more digits than a payload carries
    class_full.json: [T051] /properties/rate/enum/0: this number has more digits than a payload carries
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

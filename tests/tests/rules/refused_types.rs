//! What the compiler says of types that write no date-time of RFC 3339, or whatever the features
//! of the build make of them: one message for each, at the field, with the mend.

use std::path::Path;

use crate::compiled::{self, Message, write};

/// A field's type, the start of the message and a part of its mend.
const REFUSED: [(&str, &str, &str); 16] = [
    ("chrono::NaiveDateTime", "has no offset", "chrono::DateTime<Utc>"),
    ("Option<chrono::NaiveDateTime>", "has no offset", "chrono::DateTime<Utc>"),
    ("jiff::civil::DateTime", "has no offset", "jiff::Timestamp"),
    ("Option<jiff::civil::DateTime>", "has no offset", "jiff::Timestamp"),
    ("jiff::Zoned", "with its time zone in brackets", "jiff::Timestamp"),
    ("Option<jiff::Zoned>", "with its time zone in brackets", "jiff::Timestamp"),
    ("time::OffsetDateTime", "as an array of numbers", "time::serde::rfc3339"),
    ("Option<time::OffsetDateTime>", "as an array of numbers", "time::serde::rfc3339::option"),
    ("time::PrimitiveDateTime", "has no offset", "trigger_core::types::Rfc3339"),
    ("time::Date", "as an array of numbers", "format = \"date\""),
    ("Option<time::Date>", "as an array of numbers", "format = \"date\""),
    ("rust_decimal::Decimal", "as a string or as a number", "rust_decimal::serde::str"),
    ("Option<rust_decimal::Decimal>", "as a string or", "rust_decimal::serde::str_option"),
    ("serde_json::Value", "is known only when it is written", "derives `trigger_core::Property`"),
    ("std::collections::HashMap<String, u8>", "is known only when", "derives `trigger_core"),
    ("std::collections::BTreeMap<String, u8>", "is known only when", "derives `trigger_core"),
];

/// The same mistake in each field, which the compiler tells once in a body.
const WITHOUT_EXAMPLES: &str = "\
#![allow(dead_code)]
#[derive(serde::Serialize, trigger_core::Trigger)]
#[trigger(key = \"strings\")]
struct Strings<'a> { a: String, b: String, c: Option<String>, d: &'a str, e: Member }
#[derive(serde::Serialize, trigger_core::Property)]
struct Member { f: String, g: String }
";

const DEPENDENCIES: &str = "\
serde = { version = \"1\", features = [\"derive\"] }
serde_json = \"1\"
chrono = { version = \"0.4\", default-features = false, features = [\"serde\"] }
jiff = { version = \"0.2\", default-features = false, features = [\"serde\", \"std\"] }
rust_decimal = { version = \"1\", default-features = false, features = [\"serde\"] }
time = { version = \"0.3\", default-features = false, features = [\"serde\"] }
";

#[test]
fn each_is_refused_once_at_its_field_with_the_mend() {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("refused-types");
    let features = "\"chrono\", \"jiff\", \"rust_decimal\", \"time\"";
    compiled::write_manifest(&folder, "refused-types", features, DEPENDENCIES);
    let modules: Vec<_> = (0..REFUSED.len()).map(|index| format!("mod case{index};\n")).collect();
    write(&folder.join("src/lib.rs"), &(modules.concat() + "mod strings;\n"));
    write(&folder.join("src/strings.rs"), WITHOUT_EXAMPLES);
    for (index, (ty, ..)) in REFUSED.iter().enumerate() {
        let source = format!(
            "#![allow(dead_code)]\n#[derive(serde::Serialize, trigger_core::Trigger)]\n\
             #[trigger(key = \"refused\")]\nstruct Refused {{\n    count: u8,\n    it: {ty},\n}}\n"
        );
        write(&folder.join(file(index)), &source);
    }
    let messages = compiled::check(&folder, "refused_types");
    for (index, case) in REFUSED.iter().enumerate() {
        let own: Vec<_> = messages.iter().filter(|it| it.file == Path::new(&file(index))).collect();
        judge(*case, &own);
    }
    let strings = messages.iter().filter(|it| it.file == Path::new("src/strings.rs"));
    let mut told: Vec<_> = strings.map(|it| (&it.words[..6], it.source.as_str())).collect();
    told.sort_unstable();
    let expected = ["&'a str", "Option<String>", "String", "String", "String", "String"];
    assert_eq!(told, expected.map(|source| ("[T040]", source)));
}

fn file(index: usize) -> String {
    format!("src/case{index}.rs")
}

#[track_caller]
fn judge((ty, words, mend): (&str, &str, &str), messages: &[&Message]) {
    let [message] = messages else { panic!("{ty}: not one message: {messages:#?}") };
    assert!(message.words.starts_with("[T022] "), "{ty}: {message:#?}");
    assert!(message.words.contains(words), "{ty}: {message:#?}");
    assert_eq!(message.source, ty, "{message:#?}");
    assert!(message.rendered.contains(mend), "{ty}: {}", message.rendered);
}

//! The law: exporting what was imported gives the schema again.
//!
//! Only the compiler knows what a struct exports, so a batch of structs is written into one crate,
//! which prints their schemas.

use std::collections::BTreeSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;
use serde_json::Value;
use trigger_dialect::META_SCHEMA;
use trigger_xtask::import::{Options, Time};
use trigger_xtask::judge;

use crate::documents::schemas;
use crate::golden::GOLDEN;
use crate::{import_with, normal};

const PACKAGE: &str = env!("CARGO_MANIFEST_DIR");

/// The key of the trigger of this number; some of them are hard to make a name of.
fn key(number: usize) -> String {
    const KEYS: [&str; 8] =
        ["date", "t", "2nd-reminder", "self", "uuid", "a_-_b", "-", "class_full"];
    match number % 10 {
        0 => format!("{number}"),
        1 => "k".repeat(100),
        other => KEYS[other - 2].replace('-', "0-"),
    }
}

#[test]
fn what_is_exported_of_an_import_is_what_was_imported() {
    // Also more, and others, where somebody asks for it.
    let asked = env::var("IMPORTED_SCHEMAS").ok().map(|count| count.parse().expect("a number"));
    let schemas = match asked {
        Some(count) => some_schemas(count, TestRunner::default()),
        None => some_schemas(60, TestRunner::deterministic()),
    };
    let exported = exported(&schemas);
    assert_eq!(exported.len(), schemas.len());
    for (number, (schema, exported)) in schemas.iter().zip(&exported).enumerate() {
        let source = source(number, schema);
        assert_eq!(normal(exported), normal(schema), "trigger {number}\n{schema:#}\n{source}");
    }
}

fn some_schemas(count: usize, mut runner: TestRunner) -> Vec<Value> {
    let schema = |_| schemas().new_tree(&mut runner).expect("a schema").current();
    (0..count).map(schema).collect()
}

/// What is printed of random schemas, whose letters are all of one width.
pub(super) fn narrow_sources() -> Vec<String> {
    let narrow = |letter: char| match letter {
        letter if letter.is_ascii() => letter,
        letter => char::from(b'a' + (u32::from(letter) % 26) as u8),
    };
    let narrowed = |schema: &Value| -> Value {
        let text: String = schema.to_string().chars().map(narrow).collect();
        serde_json::from_str(&text).expect("JSON")
    };
    let schemas = some_schemas(60, TestRunner::deterministic()).into_iter().enumerate();
    schemas.map(|(number, schema)| printed("class_full", number, &narrowed(&schema))).collect()
}

/// What a crate of all of them prints, whose warnings are errors; the golden files are in it, too.
fn exported(schemas: &[Value]) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("imported");
    write(&folder.join("Cargo.toml"), &manifest());
    let lock = Path::new(PACKAGE).join("../Cargo.lock");
    write(&folder.join("Cargo.lock"), &fs::read_to_string(lock).expect("a lock file"));
    let sources = schemas.iter().enumerate().map(|(number, schema)| source(number, schema));
    let sources: Vec<_> = sources.collect();
    let modules = sources.iter().enumerate();
    let modules = modules.map(|(number, source)| (format!("trigger_{number}"), source.as_str()));
    let golden = GOLDEN.iter().map(|(name, _, source)| ((*name).to_owned(), *source));
    let modules: Vec<_> = modules.chain(golden).collect();
    for (name, source) in &modules {
        write(&folder.join(format!("src/{name}.rs")), source);
    }
    let lines: Vec<_> = modules.iter().map(|(name, _)| format!("pub mod {name};\n")).collect();
    write(&folder.join("src/lib.rs"), &format!("#![deny(warnings)]\n{}", lines.concat()));
    write(&folder.join("src/main.rs"), &main(&sources));
    let output = run(&folder);
    output.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

/// Prints the schema of each on a line.
fn main(sources: &[String]) -> String {
    let call = |(number, source): (usize, &String)| {
        let (_, rest) = source.split_once("pub struct ").expect("a struct");
        let name = rest.split(' ').next().expect("a name");
        format!("    print::<imported::trigger_{number}::{name}>();\n")
    };
    let calls: Vec<_> = sources.iter().enumerate().map(call).collect();
    format!(
        "fn main() {{\n{}}}\n\nfn print<T: trigger_core::Trigger>() {{\n    \
         println!(\"{{}}\", T::payload_schema().to_value());\n}}\n",
        calls.concat()
    )
}

fn source(number: usize, schema: &Value) -> String {
    printed(&key(number), number, schema)
}

/// Dates of both crates, in turn.
fn printed(key: &str, number: usize, schema: &Value) -> String {
    let time = if number.is_multiple_of(2) { Time::Jiff } else { Time::Chrono };
    let options = Options { key: Some(key.to_owned()), time };
    import_with(&[&schema.to_string()], &options).expect("it can be imported")
}

fn manifest() -> String {
    let core = Path::new(PACKAGE).join("../trigger-core");
    format!(
        "[package]\nname = \"imported\"\nedition = \"2024\"\n\n[dependencies]\n\
         chrono = {{ version = \"0.4\", default-features = false }}\n\
         jiff = {{ version = \"0.2\", default-features = false, features = [\"std\"] }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         trigger-core = {{ path = {:?}, default-features = false, features = [\"chrono\", \"jiff\"] }}\n\
         uuid = {{ version = \"1\", default-features = false }}\n\n[profile.dev]\ndebug = false\n\n\
         [workspace]\n",
        core.display().to_string()
    )
}

fn run(folder: &Path) -> String {
    let output = Command::new(env!("CARGO"))
        .current_dir(folder)
        // What the running test was built with is not for this crate.
        .env_remove("RUSTFLAGS")
        .env_remove("CARGO_ENCODED_RUSTFLAGS")
        .env_remove("CARGO_BUILD_TARGET")
        .args(["run", "--quiet", "--offline", "--target-dir=target"])
        .output()
        .expect("cargo starts");
    let notes = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "what was imported does not compile:\n{notes}");
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// Writes the file, if it says something else: cargo compiles by the time of the change.
fn write(file: &PathBuf, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    if fs::read_to_string(file).ok().as_deref() != Some(text) {
        fs::write(file, text).expect("a file");
    }
}

proptest! {
    #[test]
    fn whatever_the_dialect_allows_is_imported(schema in schemas()) {
        prop_assert_eq!(judge::document(&schema), []);
        let imported = import_with(&[&schema.to_string()], &Options::default());
        prop_assert!(imported.is_ok(), "{imported:?}");
    }

    #[test]
    fn every_property_of_a_schema_has_a_field(schema in schemas()) {
        let text = schema.to_string();
        let source = import_with(&[&text], &Options::default()).expect("it can be imported");
        let (_, body) = source.split_once("pub struct ClassFull {\n").expect("a struct");
        let fields = body.split("\n}").next().expect("fields");
        let fields = fields.lines().filter(|line| line.starts_with("    pub ")).count();
        prop_assert_eq!(fields, schema["properties"].as_object().expect("properties").len());
    }
}

/// The schemas of this law span the dialect: each keyword that the meta-schema allows somewhere
/// stands there in one of them.
#[test]
fn no_keyword_of_the_dialect_is_left_out() {
    let meta: Value = serde_json::from_str(META_SCHEMA).expect("JSON");
    let seen: BTreeSet<_> = some_schemas(300, TestRunner::deterministic())
        .iter()
        .flat_map(|schema| keywords("", schema))
        .collect();
    let of = |place: &str, schema: &Value| -> Vec<String> {
        let allowed = schema["properties"].as_object().expect("properties").iter();
        let allowed = allowed.filter(|(_, value)| value.get("not").is_none());
        allowed.map(|(keyword, _)| format!("{place}/{keyword}")).collect()
    };
    let definitions = &meta["definitions"];
    let allowed = [
        of("", &meta),
        of("/properties", &definitions["property"]),
        of("/properties/properties", &definitions["member"]),
        of("/properties/items", &definitions["items"]),
        of("/properties/items/properties", &definitions["member"]),
        of("/properties/oneOf", &definitions["oneOf"]["items"]),
    ];
    let unseen: Vec<_> = allowed.concat().into_iter().filter(|it| !seen.contains(it)).collect();
    assert_eq!(unseen, [] as [String; 0]);
}

/// The keywords of a schema, each behind those around it.
fn keywords(place: &str, schema: &Value) -> Vec<String> {
    let members = schema.as_object().into_iter().flatten();
    let inside = members.flat_map(|(keyword, value)| {
        let here = format!("{place}/{keyword}");
        let inner: Vec<_> = match (keyword.as_str(), value) {
            ("properties", Value::Object(all)) => all.values().collect(),
            ("items", value) => vec![value],
            ("oneOf", Value::Array(all)) => all.iter().collect(),
            _ => Vec::new(),
        };
        let inner: Vec<_> = inner.into_iter().flat_map(|it| keywords(&here, it)).collect();
        inner.into_iter().chain([here])
    });
    inside.collect()
}

//! The compiler's judgement of the examples in Rust, all in one crate.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use trigger_dialect::{Language, Level, RULES, Rule};
use trigger_xtask::judge;

const WORKSPACE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/..");

/// What the examples of the table leave out.
const FIRST_LINES: &str = "\
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

";

/// What the compiler says of bad examples that are right by their tokens.
const MESSAGES: [(&str, &str); 8] = [
    ("T022", "[T022] `Duration` cannot be a property"),
    ("T023", "[T023] an object or array cannot stand inside a nested object"),
    ("T024", "[T024] the items of an array are objects"),
    ("T031", "[T031] `contact`, `member`, `visitor` and `user` name a UUID"),
    ("T032", "[T032] `entity_id` names a required UUID"),
    ("T033", "[T033] the events of `InvoiceSent` cannot be canceled"),
    ("T040", "[T040] a string needs an example"),
    ("T044", "[T044] only a plain string takes a format"),
];

#[test]
fn the_compiler_refuses_what_is_bad_and_takes_what_is_mended() {
    let judgement = Judgement::of_all();
    // First: the bad ones are not judged at all where the mended ones fail.
    for rule in in_rust() {
        let mended = judgement.of("mended", rule);
        assert!(mended.is_empty(), "{}, mended: {mended:#?}", rule.id);
    }
    for rule in in_rust() {
        let bad = judgement.of("bad", rule);
        let mark = format!("[{}] ", rule.id);
        let is_its_own = bad.iter().all(|message| message.contains(&mark));
        // Advice refuses nothing, and what a type writes is seen when it writes.
        let is_refused = rule.level == Level::Error && *rule != Rule::TYPE_WRITES;
        let is_once = bad.len() == 1 || (bad.is_empty() && !is_refused);
        assert!(is_its_own && is_once, "{}, bad: {bad:#?}", rule.id);
    }
    for (id, start) in MESSAGES {
        let bad = judgement.of("bad", &Rule::find(id).expect("a rule"));
        assert!(bad.iter().all(|message| message.starts_with(start)), "{id}: {bad:#?}");
    }
}

#[test]
fn examples_in_json_break_their_rule_alone() {
    let in_json = RULES.iter().filter(|rule| rule.language == Language::Json);
    for rule in in_json {
        let [bad, mended] = [rule.bad, rule.mended].map(|text| {
            serde_json::from_str::<Value>(text)
                .unwrap_or_else(|error| panic!("{}: {error}", rule.id))
        });
        let broken = judge::document(&bad);
        assert!(!broken.is_empty() && broken.iter().all(|it| it.rule == *rule), "{broken:#?}");
        assert_eq!(judge::document(&mended), [], "{}", rule.id);
    }
}

fn in_rust() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| rule.language == Language::Rust)
}

/// All that the compiler has to say of the examples.
struct Judgement {
    /// The files, as `bad/t001.rs`, with the first line of what was said of each.
    messages: Vec<(PathBuf, String)>,
}

impl Judgement {
    fn of_all() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rule-examples");
        write_crate(&folder);
        let output = Command::new(env!("CARGO"))
            .current_dir(&folder)
            .args(["check", "--offline", "--keep-going", "--lib", "--bins"])
            .args(["--message-format=json", "--target-dir=target"])
            .output()
            .expect("cargo starts");
        let text = String::from_utf8(output.stdout).expect("UTF-8");
        let lines: Vec<Value> =
            text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
        // Without this line, no message would mean that nothing was compiled.
        let is_checked = |line: &Value| line["target"]["name"] == "rule_examples";
        let notes = String::from_utf8_lossy(&output.stderr);
        assert!(lines.iter().any(is_checked), "the examples were not compiled:\n{notes}");
        Self { messages: lines.iter().filter_map(message).collect() }
    }

    fn of(&self, kind: &str, rule: &Rule) -> Vec<&str> {
        let file = Path::new("src").join(kind).join(file_name(rule));
        let own = self.messages.iter().filter(|(place, _)| *place == file);
        own.map(|(_, message)| message.as_str()).collect()
    }
}

/// An error or warning, and the file that it points at.
fn message(line: &Value) -> Option<(PathBuf, String)> {
    let message = &line["message"];
    let spans = message["spans"].as_array()?;
    let primary = spans.iter().find(|span| span["is_primary"] == true)?;
    let file = primary["file_name"].as_str()?;
    Some((PathBuf::from(file), message["message"].as_str()?.to_owned()))
}

/// Writes a crate with the mended examples in its library and the bad ones in its program.
fn write_crate(folder: &Path) {
    let core = Path::new(WORKSPACE).join("trigger-core").display().to_string();
    let manifest = format!(
        "[package]\nname = \"rule-examples\"\nedition = \"2024\"\n\n\
         [dependencies]\nserde = {{ version = \"1\", features = [\"derive\"] }}\n\
         trigger-core.path = {core:?}\nuuid = {{ version = \"1\", default-features = false }}\n\n\
         [workspace]\n"
    );
    write(&folder.join("Cargo.toml"), &manifest);
    // The versions that the workspace has, so that nothing need be downloaded.
    let lock = fs::read_to_string(Path::new(WORKSPACE).join("Cargo.lock")).expect("a lock file");
    write(&folder.join("Cargo.lock"), &lock);
    let source = folder.join("src");
    let allowed = "#![allow(dead_code, unused_imports)]\n";
    write(&source.join("lib.rs"), &format!("{allowed}mod mended;\n"));
    write(&source.join("main.rs"), &format!("{allowed}mod bad;\nfn main() {{}}\n"));
    let module = |rule: &Rule| format!("mod {};\n", rule.id.to_ascii_lowercase());
    let modules = in_rust().map(module).collect::<Vec<_>>().concat();
    for kind in ["mended", "bad"] {
        write(&source.join(kind).with_extension("rs"), &modules);
    }
    for rule in in_rust() {
        for (kind, example) in [("mended", rule.mended), ("bad", rule.bad)] {
            let text = format!("{FIRST_LINES}{example}\n");
            write(&source.join(kind).join(file_name(rule)), &text);
        }
    }
}

fn file_name(rule: &Rule) -> String {
    format!("{}.rs", rule.id.to_ascii_lowercase())
}

fn write(file: &Path, text: &str) {
    fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
    fs::write(file, text).expect("a file");
}

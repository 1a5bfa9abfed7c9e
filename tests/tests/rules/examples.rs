//! The compiler's judgement of the examples in Rust, all in one crate.

use std::path::Path;

use serde_json::Value;
use trigger_dialect::{Language, Level, RULES, Rule};
use trigger_xtask::judge;

use trigger_tests::compiled::{self, Message, write};

/// What the examples of the table leave out.
const FIRST_LINES: &str = "\
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

";

/// What the compiler says of bad examples that are right by their tokens.
const MESSAGES: [(&str, &str); 8] = [
    ("T022", "[T022] serde writes this type as an object of seconds"),
    ("T023", "[T023] an object or array cannot stand inside a nested object"),
    ("T024", "[T024] the items of an array are objects"),
    ("T031", "[T031] an identity is a UUID, which `u64` is not"),
    ("T032", "[T032] an external entity id is a required UUID, which"),
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
    messages: Vec<Message>,
}

impl Judgement {
    fn of_all() -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("rule-examples");
        write_crate(&folder);
        Self { messages: compiled::check(&folder, "rule_examples") }
    }

    fn of(&self, kind: &str, rule: &Rule) -> Vec<&str> {
        let file = Path::new("src").join(kind).join(file_name(rule));
        let own = self.messages.iter().filter(|message| message.file == file);
        own.map(|message| message.words.as_str()).collect()
    }
}

/// Writes a crate with the mended examples in its library and the bad ones in its program.
fn write_crate(folder: &Path) {
    let serde_and_uuid = "serde = { version = \"1\", features = [\"derive\"] }\n\
                          uuid = { version = \"1\", default-features = false }\n";
    compiled::write_manifest(folder, "rule-examples", "", serde_and_uuid);
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

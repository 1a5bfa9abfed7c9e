//! The compiler's judgement of the examples in Rust, all in one crate: with any compiler, whatever
//! its words, each bad one breaks its own rule once, and no mended one breaks any.

use std::path::Path;

use serde_json::Value;
use trigger_dialect::{Language, Level, Mistake, RULES, Rule};
use trigger_xtask::judge;

use trigger_tests::compiled::{self, Message, write};
use trigger_tests::mistakes::FIRST_LINES;

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
}

#[test]
fn examples_in_json_break_their_rule_alone() {
    let in_json = RULES.iter().filter(|rule| rule.is_in(Language::Json));
    for rule in in_json {
        let Mistake { bad, mended, .. } = example(rule);
        let [bad, mended] = [bad, mended].map(|text| {
            serde_json::from_str::<Value>(text)
                .unwrap_or_else(|error| panic!("{}: {error}", rule.id))
        });
        let broken = judge::document(&bad);
        assert!(!broken.is_empty() && broken.iter().all(|it| it.rule == *rule), "{broken:#?}");
        assert_eq!(judge::document(&mended), [], "{}", rule.id);
    }
}

fn example(rule: &Rule) -> Mistake {
    rule.mistake().expect("a rule of schemas")
}

fn in_rust() -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(|rule| rule.is_in(Language::Rust))
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
        let Mistake { bad, mended, .. } = example(rule);
        for (kind, example) in [("mended", mended), ("bad", bad)] {
            let text = format!("{FIRST_LINES}{example}\n");
            write(&source.join(kind).join(file_name(rule)), &text);
        }
    }
}

fn file_name(rule: &Rule) -> String {
    format!("{}.rs", rule.id.to_ascii_lowercase())
}

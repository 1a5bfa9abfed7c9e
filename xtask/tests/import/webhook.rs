//! `import-webhook`: pages of the form that Wix's have, as Rust, or refused with the line.

mod never_panics;
mod problems;

use std::fs;
use std::process::Command;

use trigger_xtask::ImportError;
use trigger_xtask::import::{Input, webhook_to_rust};

macro_rules! golden {
    ($($module:ident: $page:literal => $path:literal;)*) => {
        $(
            #[deny(warnings)]
            #[allow(unreachable_pub)]
            #[path = $path]
            mod $module;
        )*

        /// The name of each, the page, and what is printed.
        pub(super) const GOLDEN: &[(&str, &str, &str)] = &[$((
            stringify!($module),
            include_str!($page),
            include_str!($path),
        )),*];
    };
}

golden! {
    basket_updated: "webhook/basket_updated.md" => "webhook/basket_updated.rs";
    thread_created: "webhook/thread_created.md" => "webhook/thread_created.rs";
}

/// As `basket_updated.md`, but the type of a field lacks its colon.
const BROKEN: &str = include_str!("webhook/broken.md");

fn import(name: &str, text: &str) -> Result<String, ImportError> {
    webhook_to_rust(&Input { name, bytes: text.as_bytes() })
}

/// `GOLDEN=write cargo test -p trigger-xtask --test import` writes them anew.
#[test]
fn what_is_printed_of_a_page_is_what_a_person_would_write() {
    for (name, page, expected) in GOLDEN {
        let source = import(&format!("{name}.md"), page).expect("it can be imported");
        if std::env::var_os("GOLDEN").is_some() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/import/webhook");
            fs::write(format!("{folder}/{name}.rs"), &source).expect("a file");
            continue;
        }
        assert_eq!(source, *expected, "{name}");
    }
}

#[test]
fn a_comment_on_a_comment_is_read() {
    use thread_created::{Comment, Kind};

    let author = r#"{ "kind": "BOT", "self": true, "team": { "founder": { "kind": "SELF" } } }"#;
    let innermost = format!(r#"{{ "id": "3", "author": {author}, "quoted": null }}"#);
    let inner = format!(r#"{{ "id": "2", "quoted": {innermost}, "tags": ["a", 1, null] }}"#);
    let text =
        format!(r#"{{ "id": "1", "replies": [{inner}, null], "weights": null, "more": 1 }}"#);
    let comment: Comment = serde_json::from_str(&text).expect("it is read");

    let [reply] = comment.replies.as_slice() else { panic!("{comment:?}") };
    assert_eq!(reply.tags, ["a".into(), serde_json::Value::from(1)]);
    let quoted = reply.quoted.as_deref().expect("a comment");
    let author = quoted.author.clone().expect("an author");
    assert_eq!(author.kind, Some(Kind::Unlisted2("BOT".to_owned())));
    assert_eq!(author.self_, Some(true));
    let founder = author.team.and_then(|team| team.founder).expect("a founder");
    assert_eq!(founder.kind, Some(Kind::Self2));
}

#[test]
fn a_one_of_inside_an_array_is_read() {
    use basket_updated::{BasketUpdated, ProductStatus};

    let text = r#"{ "lines": [
        { "quantity": 1, "product": { "status": "SOLD_OUT" }, "giftCard": null },
        { "giftCard": { "value": "20", "street": "Main Street" } },
        { "addedLater": {} },
        { "product": {}, "giftCard": {} }
    ], "states": ["OPEN"] }"#;
    let basket: BasketUpdated = serde_json::from_str(text).expect("it is read");
    let [product, gift, neither, both] = basket.lines.as_slice() else { panic!("{basket:?}") };
    let status = product.product.as_ref().and_then(|product| product.status.clone());
    assert_eq!((status, &product.gift_card), (Some(ProductStatus::SoldOut), &None));
    let street = gift.gift_card.as_ref().and_then(|card| card.street.as_deref());
    assert_eq!((street, &gift.product), (Some("Main Street"), &None));
    assert_eq!(*neither, basket_updated::Line::default());
    assert!(both.product.is_some() && both.gift_card.is_some());
}

#[test]
fn a_broken_page_is_refused_with_its_line() {
    let error = import("broken.md", BROKEN).expect_err("it is broken").to_string();
    let words = "a field is written `- name: … | type: … | description: …`";
    assert_eq!(error, format!("broken.md:9: {words}"));
    assert!(BROKEN.lines().nth(8).expect("a line").contains("| type integer |"));
}

#[test]
fn line_ends_and_marks_of_editors_change_nothing() {
    let (name, page, expected) = GOLDEN[1];
    let page = format!("\u{feff}{}", page.replace('\n', "\r\n"));
    assert_eq!(import(&format!("{name}.md"), &page).expect("types"), expected);
    // Nothing stands before the schema here.
    let (name, page, expected) = GOLDEN[0];
    let page = page.replacen("```\n", "\u{feff}", 1);
    assert_eq!(import(&format!("{name}.md"), &page).expect("types"), expected);
}

#[test]
fn a_deletion_without_a_body_has_an_empty_one() {
    let page = "Webhook: Basket Deleted\nEvent body:\n- name: deletedEvent | type: object";
    let source = import("-", page).expect("types");
    assert!(source.contains("\npub struct BasketDeleted {}\n"), "{source}");
}

/// The program of this workspace is in `examples/xtask`; here it is a call.
#[test]
fn a_page_is_read_from_a_file() {
    use clap::Parser;

    #[derive(Debug, Parser)]
    struct Arguments {
        #[command(flatten)]
        command: trigger_xtask::ImportWebhook,
    }

    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("thread_created.md");
    fs::write(&file, GOLDEN[1].1).expect("a file");
    let run = |file: &std::path::Path| {
        let arguments = Arguments::parse_from(["import-webhook", &file.display().to_string()]);
        let mut output = Vec::new();
        arguments.command.run(&mut output).map(|outcome| (outcome, output))
    };
    let (outcome, output) = run(&file).expect("types");
    assert_eq!(outcome, trigger_xtask::Outcome::Success);
    assert_eq!(String::from_utf8(output).expect("UTF-8"), GOLDEN[1].2);

    let error = run(&folder.path().join("none.md")).expect_err("no file").to_string();
    assert!(error.starts_with("could not read ") && error.ends_with("none.md"), "{error}");
}

/// `.ci/run` asks for it, as for those of `import`.
#[test]
#[ignore = "it needs rustfmt"]
fn rustfmt_leaves_the_types_of_a_page_as_they_are() {
    for (name, ..) in GOLDEN {
        let file = format!("{}/tests/import/webhook/{name}.rs", env!("CARGO_MANIFEST_DIR"));
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join("types.rs");
        fs::copy(file, &copy).expect("a copy");
        let output =
            Command::new("rustfmt").args(["--check", "--edition=2024"]).arg(&copy).output();
        let output = output.expect("rustfmt starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

//! The examples of the table of rules, as far as the derive alone judges them.
//!
//! `tests/tests/rules/examples.rs` has the compiler judge all of them.

use syn::parse::{ParseStream, Parser};
use syn::{Attribute, DeriveInput};
use trigger_dialect::{Language, Level, Mistake, RULES, Rule};

use super::messages;
use crate::errors::Errors;
use crate::model;

/// The rules whose bad examples are right by their tokens.
const BY_THE_COMPILER: &[Rule] = &[
    Rule::PROPERTY_TYPE,
    Rule::MEMBER_TYPE,
    Rule::ITEM_TYPE,
    Rule::IDENTITY,
    Rule::ENTITY_ID,
    Rule::CANCELS,
    Rule::EXAMPLE_PRESENT,
    Rule::FORMAT_STRING,
    Rule::SERIALIZE_DERIVED,
];

#[test]
fn each_bad_example_breaks_its_rule_and_no_other() {
    for rule in judged_here() {
        let found = mistakes(example(rule).bad);
        if BY_THE_COMPILER.contains(&rule) || rule.level != Level::Error {
            assert!(found.is_empty(), "{}: {found:?}", rule.id);
        } else {
            let starts = format!("[{}] ", rule.id);
            let is_its_own = found.len() == 1 && found[0].starts_with(&starts);
            assert!(is_its_own, "{}: {found:?}", rule.id);
        }
    }
}

#[test]
fn no_mended_example_breaks_a_rule() {
    for rule in judged_here() {
        let found = mistakes(example(rule).mended);
        assert!(found.is_empty(), "{}: {found:?}", rule.id);
    }
}

/// The rules with examples in Rust, but for the one whose mistake is an `impl`.
fn judged_here() -> impl Iterator<Item = Rule> {
    let in_rust = RULES.iter().copied().filter(|rule| rule.is_in(Language::Rust));
    in_rust.filter(|rule| *rule != Rule::TYPE_WRITES)
}

fn example(rule: Rule) -> Mistake {
    rule.mistake().expect("a rule of schemas")
}

/// What the derives say of all structs and enums of an example.
fn mistakes(example: &str) -> Vec<String> {
    let items = items.parse_str(example).expect("structs and enums");
    let errors = Errors::default();
    for item in &items {
        if derives_trigger(&item.attrs) {
            let _ = model::trigger(&errors, item);
        } else {
            model::property(&errors, item);
        }
    }
    messages(&errors)
}

fn items(input: ParseStream<'_>) -> syn::Result<Vec<DeriveInput>> {
    let mut items = Vec::new();
    while !input.is_empty() {
        items.push(input.parse()?);
    }
    Ok(items)
}

fn derives_trigger(attributes: &[Attribute]) -> bool {
    let mut found = false;
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("derive")) {
        let read = attribute.parse_nested_meta(|derive| {
            found |= derive.path.is_ident("Trigger");
            Ok(())
        });
        read.expect("a list of derives");
    }
    found
}

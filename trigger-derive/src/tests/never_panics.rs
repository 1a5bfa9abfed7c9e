//! The derives never panic: items with random attributes and types, right and wrong, go through
//! both, and each output is Rust that tells exactly the mistakes that were found.
//!
//! A test run takes some hundred items. `NEVER_PANICS_SECONDS=600 cargo test -p trigger-derive
//! never_panic -- --nocapture` goes on with fresh seeds for ten minutes, and prints what it met.

mod attributes;
mod choices;
mod items;
mod types;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use proptest::prelude::*;
use proptest::test_runner::TestRunner;
use syn::DeriveInput;

use super::silence;
use crate::attributes::FieldAttributes;
use crate::errors::Errors;
use crate::model::{self, Field, Property, Trigger};

/// How often each thing was met.
#[derive(Debug, Default)]
struct Met {
    items: usize,
    parsed: usize,
    /// Outputs without a mistake, of either derive.
    right: usize,
    /// Attributes that reached the expansion of a right item, and rules that were broken.
    names: BTreeMap<String, usize>,
}

impl Met {
    fn count(&mut self, name: impl Into<String>) {
        *self.names.entry(name.into()).or_default() += 1;
    }

    fn count_if(&mut self, name: &str, is_met: bool) {
        if is_met {
            self.count(name);
        }
    }

    fn trigger(&mut self, trigger: &Trigger<'_>) {
        self.count("key");
        self.count_if("name", trigger.name != "Invoice due");
        self.count_if("entity_id", trigger.entity_id.is_some());
        self.count_if("cancels", !trigger.cancels.is_empty());
        self.count_if("payload", !trigger.payload.label.is_empty());
        self.count_if("payload examples", !trigger.payload.examples.is_empty());
        self.count_if("allow", !trigger.allowed.is_empty());
        self.count_if("crate", trigger.container.krate.segments[0].ident != "trigger_core");
        self.count_if("lifetimes", trigger.container.generics.lifetimes().next().is_some());
        for field in &trigger.fields {
            self.field(field);
        }
    }

    fn property(&mut self, property: &Property<'_>) {
        match property {
            Property::Object(_, fields) => fields.iter().for_each(|field| self.field(field)),
            Property::Newtype(_, field) => {
                self.count("a newtype");
                self.field(field);
            }
            Property::Enum(_, values) => {
                self.count("an enum");
                self.count_if("a value's title", values.iter().any(|it| !it.label.is_empty()));
            }
        }
    }

    fn field(&mut self, field: &Field<'_>) {
        if let Some(role) = field.role {
            self.count(role.name());
        }
        self.count_if("flatten", field.flattened);
        self.count_if("with", field.with.is_some());
        self.count_if("skip_serializing_if", field.may_be_skipped);
        self.count_if("a doc comment", field.description.is_some());
        let FieldAttributes { title, description, format, examples, default, .. } =
            &field.attributes;
        self.count_if("title", title.is_some());
        self.count_if("description", description.is_some());
        self.count_if("format", format.is_some());
        self.count_if("example", examples.len() == 1);
        self.count_if("examples", examples.len() > 1);
        self.count_if("default", default.is_some());
        self.count_if("hidden", field.attributes.hidden.is_some());
        self.count_if("namespace", field.attributes.namespace.is_some());
        self.count_if("custom_type", field.attributes.custom_type.is_some());
        self.count_if("values", field.attributes.choice.is_some());
        self.count_if("items", field.attributes.items.is_some());
    }

    /// What the law is worth: most items are read, much of them is right, and all that may be said
    /// of a trigger gets as far as the expansion. Far fewer than the usual is a broken generator.
    fn reaches_deep(&self) {
        assert!(self.parsed > self.items * 8 / 10, "97 of 100 are usual");
        assert!(self.right > self.items / 5, "37 of 100 are usual");
        for name in [
            "key",
            "name",
            "description",
            "scheduled_at",
            "contact",
            "member",
            "visitor",
            "user",
            "entity_id",
            "cancels",
            "payload",
            "payload examples",
            "a value's title",
            "values",
            "items",
            "allow",
            "crate",
            "title",
            "format",
            "example",
            "examples",
            "default",
            "hidden",
            "namespace",
            "custom_type",
            "flatten",
            "with",
            "a doc comment",
            "skip_serializing_if",
            "lifetimes",
            "a newtype",
            "an enum",
            "T001",
            "T005",
            "T006",
            "T007",
            "T008",
            "T009",
            "T010",
            "T020",
            "T028",
            "T041",
            "T045",
            "no rule",
        ] {
            assert!(self.names.contains_key(name), "`{name}` was never met");
        }
    }

    /// Counts the rules that were broken.
    fn rules(&mut self, messages: &[String]) {
        self.right += usize::from(messages.is_empty());
        for message in messages {
            let rule = message.strip_prefix('[').and_then(|rest| rest.split_once(']'));
            self.count(rule.map_or("no rule", |(id, _)| id));
        }
    }
}

/// All messages, also where several are one error.
fn messages(errors: &Errors) -> Vec<String> {
    errors.take().into_iter().flatten().map(|error| error.to_string()).collect()
}

/// Holds one item, as it is written and as a macro passes it on, to the law.
fn judge(text: &str, met: &RefCell<Met>) -> Result<(), TestCaseError> {
    let met = &mut *met.borrow_mut();
    met.items += 1;
    let Ok(tokens) = text.parse::<TokenStream>() else { return Ok(()) };
    let passed_on = passed_on(tokens.clone(), false);
    let Ok(input) = syn::parse2::<DeriveInput>(tokens) else { return Ok(()) };
    met.parsed += 1;
    expand(&input, met)?;
    if let Ok(input) = syn::parse2::<DeriveInput>(passed_on) {
        expand(&input, &mut Met::default())?;
    }
    Ok(())
}

fn expand(input: &DeriveInput, met: &mut Met) -> Result<(), TestCaseError> {
    let errors = Errors::default();
    let trigger = model::trigger(&errors, input);
    let expected = messages(&errors);
    met.rules(&expected);
    if let Ok(trigger) = trigger
        && expected.is_empty()
    {
        met.trigger(&trigger);
    }
    compare(crate::expand_trigger(input), &expected)?;

    let errors = Errors::default();
    let (_, property) = model::property(&errors, input);
    let expected = messages(&errors);
    met.rules(&expected);
    if let Some(property) = property.filter(|_| expected.is_empty()) {
        met.property(&property);
    }
    compare(crate::expand_property(input), &expected)
}

/// The tokens with each literal of a `trigger` attribute in an invisible group, as a macro's
/// `$value:literal` is.
fn passed_on(tokens: TokenStream, inside: bool) -> TokenStream {
    let mut after_trigger = false;
    let pass = |token| match token {
        TokenTree::Group(group) => {
            let inner = passed_on(group.stream(), inside || after_trigger);
            Group::new(group.delimiter(), inner).into()
        }
        TokenTree::Literal(literal) if inside => {
            Group::new(Delimiter::None, TokenTree::from(literal).into()).into()
        }
        token => {
            after_trigger = matches!(&token, TokenTree::Ident(word) if word == "trigger");
            token
        }
    };
    tokens.into_iter().map(pass).collect()
}

/// The output is a file with an implementation and with the messages that are expected.
fn compare(output: TokenStream, expected: &[String]) -> Result<(), TestCaseError> {
    let errors = count_errors(output.clone());
    let text = output.to_string();
    let file = match syn_full::parse2::<syn_full::File>(output) {
        Ok(file) => file,
        Err(error) => return Err(TestCaseError::fail(format!("{error} in {text}"))),
    };
    let is_impl = |item: &syn_full::Item| matches!(item, syn_full::Item::Impl(_));
    prop_assert_eq!(file.items.iter().filter(|item| is_impl(item)).count(), 1, "{}", text);
    let said: Vec<_> = file.items.iter().filter_map(message).collect();
    prop_assert_eq!(&said, expected, "{}", text);
    prop_assert!(said.iter().all(|message| !message.trim().is_empty()), "{}", text);
    // One that stands anywhere else was written by mistake.
    prop_assert_eq!(errors, said.len(), "{}", text);
    Ok(())
}

/// The words of `compile_error! { "words" }`.
fn message(item: &syn_full::Item) -> Option<String> {
    let syn_full::Item::Macro(item) = item else { return None };
    let is_error = item.mac.path.segments.last()?.ident == "compile_error";
    is_error.then(|| item.mac.parse_body::<syn_full::LitStr>().expect("a message").value())
}

fn count_errors(tokens: TokenStream) -> usize {
    let count = |token| match token {
        TokenTree::Group(group) => count_errors(group.stream()),
        TokenTree::Ident(word) => usize::from(word == "compile_error"),
        _ => 0,
    };
    tokens.into_iter().map(count).sum()
}

/// Runs so many fresh items.
fn run(cases: u32, met: &RefCell<Met>) {
    let config = ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() };
    let bytes = proptest::collection::vec(any::<u8>(), 100..500);
    let items = bytes.prop_map(|bytes| items::item(&bytes));
    if let Err(failure) = TestRunner::new(config).run(&items, |text| judge(&text, met)) {
        panic!("{failure}");
    }
}

#[test]
fn the_derives_never_panic() {
    const CASES: u32 = 600;
    silence();
    let met = RefCell::default();
    let seconds = std::env::var("NEVER_PANICS_SECONDS").ok();
    let seconds = seconds.map_or(0, |seconds| seconds.parse().expect("a number of seconds"));
    let start = Instant::now();
    loop {
        run(CASES, &met);
        if start.elapsed() >= Duration::from_secs(seconds) {
            break;
        }
    }
    let met = met.into_inner();
    println!("{met:#?}");
    met.reaches_deep();
}

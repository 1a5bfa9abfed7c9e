//! Which mistakes are found in a struct's own tokens, and that each is found once.

mod agreement;
mod never_panics;
mod table;

use std::panic::Location;
use std::sync::Once;

use quote::{ToTokens, quote};
use syn::{DeriveInput, parse_quote};

use crate::errors::Errors;
use crate::model;

fn messages(errors: &Errors) -> Vec<String> {
    errors.take().into_iter().map(|error| error.to_string()).collect()
}

/// The mistakes of a trigger start with these words, in this order, and there are no others.
#[track_caller]
fn trigger(input: &DeriveInput, expected: &[&str]) {
    let errors = Errors::default();
    let _ = model::trigger(&errors, input);
    compare(&messages(&errors), expected);
}

/// The same for a property.
#[track_caller]
fn property(input: &DeriveInput, expected: &[&str]) {
    let errors = Errors::default();
    model::property(&errors, input);
    compare(&messages(&errors), expected);
}

#[track_caller]
fn compare(messages: &[String], expected: &[&str]) {
    let found = messages.len() == expected.len()
        && messages.iter().zip(expected).all(|(message, start)| message.starts_with(start));
    assert!(found, "expected {expected:#?}, found {messages:#?}");
}

/// Keeps the panics that are looked at from being printed, thousands of them: those of our rules in
/// constant evaluation, and those of serde's own code, which the derives catch.
fn silence() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let hook = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |info| {
            let of_rule = info.payload_as_str().is_some_and(|words| words.starts_with("[T0"));
            let in_serde = |at: &Location<'_>| at.file().contains("serde_derive_internals");
            if !of_rule && !info.location().is_some_and(in_serde) {
                hook(info);
            }
        }));
    });
}

/// A field of a trigger that is right but for that field.
macro_rules! field {
    ($($field:tt)*) => {
        &parse_quote! {
            #[trigger(key = "invoice_due")]
            struct InvoiceDue { first: u8, $($field)* }
        }
    };
}

#[test]
fn a_right_trigger_has_no_mistakes() {
    trigger(
        &parse_quote! {
            /// An invoice is about to be due.
            #[derive(Serialize, Trigger)]
            #[serde(rename_all = "camelCase")]
            #[trigger(
                key = "invoice_due", name = "Invoice due", description = "An invoice is due",
                scheduled_at = due_at, contact = contact_id, member = r#type, visitor = visitor,
                user = user, entity_id = invoice_id, cancels(InvoicePaid), allow(T070, T072), crate = "::core::other",
            )]
            pub struct InvoiceDue<'a> {
                #[serde(skip)]
                invoice_id: Uuid,
                #[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")]
                due_at: String,
                #[trigger(namespace = "customer", hidden)]
                contact_id: Uuid,
                r#type: Uuid,
                visitor: Uuid,
                user: Uuid,
                #[serde(default, alias = "other")]
                #[trigger(title = "T", description = "D", examples = ["a", "b"], default = "c")]
                text: &'a str,
                #[trigger(custom_type = "MONEY", example = {"value": "1", "currency": "EUR"})]
                price: Price,
                #[trigger(example = [{"a": [true, false], "b": -1.5, "c": -1}])]
                list: Vec<Item>,
                #[serde(flatten)]
                more: Option<More>,
            }
        },
        &[],
    );
}

#[test]
fn shapes_that_are_no_trigger() {
    for input in [
        parse_quote! { #[trigger(key = "k")] enum InvoiceDue { A } },
        parse_quote! { #[trigger(key = "k")] union InvoiceDue { a: u8 } },
        parse_quote! { #[trigger(key = "k")] struct InvoiceDue(u8); },
        parse_quote! { #[trigger(key = "k")] struct InvoiceDue; },
        parse_quote! { #[trigger(key = "k")] struct InvoiceDue(); },
    ] {
        trigger(&input, &["[T005]"]);
    }
    let empty = parse_quote! { #[trigger(key = "k")] struct InvoiceDue {} };
    trigger(&empty, &["[T008]"]);
    let skipped =
        parse_quote! { #[trigger(key = "k")] struct InvoiceDue { #[serde(skip)] id: u8 } };
    trigger(&skipped, &["[T008]"]);
}

#[test]
fn only_advice_is_allowed() {
    for (allowed, expected) in [
        (quote!(allow(T070, T071, T072)), &[][..]),
        (quote!(allow(T070, T001, unused)), &["[T010] `T001`", "[T010] `unused`"]),
        (quote!(allow()), &["[T010] `allow` takes ids of rules"]),
        (quote!(allow = "T070"), &["[T010] `allow` takes ids of rules"]),
        (
            quote!(allow("T070")),
            &["[T010] `allow` takes ids of rules: `allow(T070)`; expected identifier"],
        ),
    ] {
        trigger(
            &parse_quote! { #[trigger(key = "k", #allowed)] struct InvoiceDue { id: u8 } },
            expected,
        );
    }
}

#[test]
fn shapes_that_are_no_property() {
    for input in [
        parse_quote! { union Line { a: u8 } },
        parse_quote! { struct Line(u8, u8); },
        parse_quote! { struct Line; },
        parse_quote! { enum Line { A(u8) } },
        parse_quote! { enum Line { A { b: u8 } } },
        parse_quote! { enum Line {} },
        parse_quote! { enum Line { #[serde(skip)] A } },
    ] {
        let messages = |input: &DeriveInput| {
            let errors = Errors::default();
            model::property(&errors, input);
            messages(&errors)
        };
        compare(&messages(&input), &["[T006]"]);
    }
    property(&parse_quote! { struct Line {} }, &["[T008]"]);
    property(
        &parse_quote! { enum Line { A, #[serde(rename = "A")] B } },
        &["[T021] serde writes two variants as `A`"],
    );
}

#[test]
fn a_transparent_struct_is_the_field_that_holds_something() {
    for input in [
        parse_quote! {
            #[serde(transparent)]
            struct Id<'a> { id: u32, marker: PhantomData<&'a ()> }
        },
        parse_quote! {
            #[serde(transparent)]
            struct Id<'a> { #[serde(skip)] note: u8, marker: std::marker::PhantomData<&'a ()>, id: u32 }
        },
        parse_quote! { #[serde(transparent)] struct Id<'a>(u32, PhantomData<&'a ()>); },
        parse_quote! { #[serde(transparent)] struct Id(u32, #[serde(skip)] String); },
    ] {
        let errors = Errors::default();
        let (_, read) = model::property(&errors, &input);
        compare(&messages(&errors), &[]);
        let Some(model::Property::Newtype(_, field)) = read else { panic!("no newtype") };
        assert_eq!(field.ty.to_token_stream().to_string(), "u32");
    }
    property(
        &parse_quote! { #[serde(transparent)] struct Id(u32, u32); },
        &["#[serde(transparent)] requires struct to have at most one"],
    );
    property(&parse_quote! { #[serde(transparent)] struct Id; }, &["[T006]"]);
    property(
        &parse_quote! {
            #[serde(transparent)]
            struct Id<'a>(u32, #[trigger(example = 1)] PhantomData<&'a ()>);
        },
        &["[T009] unknown attribute `example`; `trigger` has no attributes here"],
    );
}

#[test]
fn parameters() {
    trigger(
        &parse_quote! {
            #[trigger(key = "k")]
            struct InvoiceDue<'a, T, const N: usize> { a: &'a T }
        },
        &["[T007]", "[T007]"],
    );
}

#[test]
fn key_name_and_description() {
    let long = "x".repeat(251);
    trigger(&parse_quote! { struct InvoiceDue { a: u8 } }, &["[T001]"]);
    trigger(
        &parse_quote! {
            #[trigger(key = "Invoice due", name = "Due", description = #long)]
            struct InvoiceDue { a: u8 }
        },
        &["[T002]", "[T003]", "[T004]"],
    );
    trigger(
        &parse_quote! { #[doc = #long] #[trigger(key = "")] struct Due { a: u8 } },
        &["[T002]", "[T003] the trigger's name `Due`, made from", "[T004]"],
    );
}

#[test]
fn attributes_that_are_wrong_in_themselves() {
    trigger(
        &parse_quote! {
            #[trigger]
            #[trigger(key = "k", kye = "l", key = "m", name, description = 5, wholly_other)]
            struct InvoiceDue { a: u8 }
        },
        &[
            "[T010] `trigger` takes a list",
            "[T010] `key` is given twice",
            "[T010] `name` takes a string",
            "[T010] `description` takes a string",
            "[T009] unknown attribute `kye`; did you mean `key`?",
            "[T009] unknown attribute `wholly_other`; the attributes here are",
        ],
    );
    trigger(
        &parse_quote! {
            #[trigger(key = "k",, name: "Invoice due", "text", description = "D",)]
            struct InvoiceDue { a: u8 }
        },
        &[
            "[T010] one comma is enough",
            "[T010] expected `=`, `(` or `,` here",
            "[T010] expected the name of an attribute here",
        ],
    );
    trigger(
        field! { #[trigger(title = "", hidden = true, examples = 5)] a: u32 },
        &["[T046]", "[T010] `examples` takes an array", "[T010] `hidden` takes no value"],
    );
}

#[test]
fn the_crate_is_a_path_of_names() {
    for path in [quote!("a<b>"), quote!(a<b>), quote!("Fn(A) -> B"), quote!("a b"), quote!("")] {
        let is_empty = path.to_string() == "\"\"";
        let start = "[T010] `crate` takes a path, such as `crate = \"trigger_core\"`; unexpected ";
        let expected = format!("{start}{}", if is_empty { "end" } else { "token" });
        trigger(
            &parse_quote! { #[trigger(key = "k", crate = #path)] struct InvoiceDue { a: u8 } },
            &[expected.as_str()],
        );
    }
}

#[test]
fn roles_name_fields_of_the_payload() {
    trigger(
        &parse_quote! {
            #[trigger(
                key = "k", scheduled_at = due, contact = skipped, member = more, visitor = "id",
                user = zzz, entity_id = zzz,
            )]
            struct InvoiceDue {
                due_at: Timestamp,
                #[serde(skip)] skipped: Uuid,
                #[serde(flatten)] more: More,
            }
        },
        &[
            "[T010] `visitor` takes the name of one field",
            "[T011] `entity_id` names no field of this struct: `zzz`; a field of a flattened",
            "[T011] `scheduled_at` names no field of this struct: `due`; did you mean `due_at`?",
            "[T011] `contact` names a property of the payload, and serde skips `skipped`",
            "[T011] `member` names one property, and serde flattens `more` into several",
            "[T011] `user` names no field",
        ],
    );
    trigger(
        &parse_quote! { #[trigger(key = "k", contact = zzz)] struct InvoiceDue { id: Uuid } },
        &["[T011] `contact` names no field of this struct: `zzz`; it takes"],
    );
    trigger(
        &parse_quote! {
            #[trigger(key = "k", contact = id, member = id)]
            struct InvoiceDue { id: Uuid }
        },
        &["[T011] `id` is named by `contact` already"],
    );
}

#[test]
fn roles_need_their_format() {
    trigger(
        &parse_quote! {
            #[trigger(key = "k", scheduled_at = at, contact = id, member = decimal)]
            struct InvoiceDue {
                #[serde(skip_serializing_if = "is_past")]
                #[trigger(format = "date", example = "2026-01-15")]
                at: String,
                #[trigger(format = "email", example = "ada@example.com")]
                id: String,
                #[serde(with = "rust_decimal::serde::str")]
                decimal: Decimal,
            }
        },
        &[
            "[T030] the date-time of a scheduled event is required; remove",
            "[T030] `scheduled_at` names a string with `format = \"date-time\"`",
            "[T031] `contact` names a string with `format = \"uuid\"`",
            "[T031] `member` names a UUID, which this module does not write",
        ],
    );
    trigger(
        &parse_quote! {
            #[trigger(key = "k", scheduled_at = at)]
            struct InvoiceDue {
                #[serde(with = "time::serde::rfc3339::option")]
                at: Option<OffsetDateTime>,
            }
        },
        &["[T030] a scheduled event happens at a required date-time, which this module"],
    );
}

#[test]
fn property_names() {
    trigger(field! { #[serde(rename = "due-at")] a: u8 }, &["[T020]"]);
    trigger(field! { #[serde(rename = "_a")] a: u8 }, &["[T020]"]);
    trigger(field! { #[serde(rename = "first")] a: u8 }, &["[T021]"]);
}

#[test]
fn examples_and_formats() {
    trigger(field! { #[trigger(example = 5)] a: String }, &["[T041]"]);
    trigger(
        field! { #[trigger(example = null)] a: String },
        &["[T041] Wix's types have no `null`; leave this out"],
    );
    trigger(field! { #[trigger(example = 'c')] a: String }, &["[T041] this Rust literal"]);
    trigger(field! { #[trigger(example = 5u8)] a: u8 }, &["[T041] a JSON number has no suffix"]);
    trigger(field! { #[trigger(example = 1e999)] a: f64 }, &["[T041] this number is too large"]);
    trigger(field! { #[trigger(example = 9007199254740993)] a: u64 }, &["[T051]"]);
    trigger(
        field! { #[trigger(example = {"a": 1, "a": 2})] a: Line },
        &["[T041] the member `a` stands twice"],
    );
    trigger(field! { #[trigger(example = "x", examples = ["y"])] a: String }, &["[T010]"]);
    trigger(field! { #[trigger(format = "emial", example = "x")] a: String }, &["[T043]"]);
    trigger(field! { #[trigger(format = "phone", example = "x")] a: String }, &["[T043]"]);
    trigger(field! { #[trigger(format = "email", example = "x")] a: String }, &["[T042]"]);
    trigger(
        field! { #[trigger(format = "email", example = "a@b.c", default = "x")] a: String },
        &["[T042]"],
    );
    trigger(field! { #[trigger(format = "email")] a: String }, &["[T040]"]);
    trigger(
        field! { #[trigger(format = "email", exmaple = "a@b.c")] a: String },
        &["[T009] unknown attribute `exmaple`; did you mean `example`?"],
    );
    trigger(
        field! {
            #[serde(with = "rust_decimal::serde::str")]
            #[trigger(format = "number", example = 5)]
            a: Decimal
        },
        &["[T044]", "[T041]"],
    );
    trigger(
        field! { #[serde(with = "time::serde::rfc3339")] #[trigger(example = "x")] a: Time },
        &["[T042]"],
    );
}

#[test]
fn attributes_in_the_wrong_place() {
    trigger(field! { #[trigger(namespace = "x")] a: u8 }, &["[T045]"]);
    trigger(
        field! { #[serde(flatten)] #[trigger(title = "x", hidden, default = 1)] a: Line },
        &["[T009] a flattened struct", "[T009] a flattened struct", "[T009] a flattened struct"],
    );
    trigger(
        field! { #[serde(skip)] #[trigger(titel = "x")] a: u8 },
        &["[T009] unknown attribute `titel`; did you mean `title`?"],
    );
    property(
        &parse_quote! {
            #[trigger(key = "k")]
            struct Name(#[trigger(title = "x", default = "x", hidden, examples = ["x", "y"])] String);
        },
        &["[T009] unknown attribute `key`", "[T009]", "[T009]", "[T009]", "[T009]"],
    );
    property(
        &parse_quote! { enum Status { #[trigger(hidden)] A, #[serde(skip)] #[trigger(x)] B } },
        &["[T009] unknown attribute `hidden`; the attributes here are", "[T009]"],
    );
}

#[test]
fn values_that_a_condition_offers() {
    let of = |values: proc_macro2::TokenStream| -> DeriveInput {
        let field = quote! { #[trigger(values = #values)] a: f64 };
        parse_quote! { #[trigger(key = "k")] struct InvoiceDue { #field } }
    };
    trigger(&of(quote! { [1, 2.5] }), &[]);
    trigger(
        &of(quote! { [{"const": 1, "title": "One", "description": "Two"}, {"const": 2}] }),
        &[],
    );
    for wrong in [
        quote! { [] },
        quote! { 1 },
        quote! { [[1]] },
        quote! { [1, 1.0] },
        quote! { [1, {"const": 2}] },
        quote! { [{"const": 1}, 2] },
        quote! { [{"const": {}}] },
        quote! { [{"title": "One"}] },
        quote! { [{"const": 1, "title": 1}] },
        quote! { [{"const": 1, "label": "One"}] },
    ] {
        trigger(&of(wrong), &["[T028]"]);
    }
    trigger(&of(quote! { [{"const": 1, "title": ""}] }), &["[T046] `title` is empty"]);
    trigger(
        field! { #[trigger(values = [1, 2], examples = [1.0, 3], default = 4)] a: f64 },
        &["[T041] an example or default is one of", "[T041]"],
    );
    let email = field! { #[trigger(format = "email", values = ["a@example.com", "a"])] a: String };
    trigger(email, &["[T042]"]);
    let date = field! { #[trigger(format = "date", values = [1])] a: String };
    trigger(date, &["[T028] the values of a string"]);
}

#[test]
fn what_is_said_of_the_whole_and_of_items() {
    let of = |payload: proc_macro2::TokenStream| -> DeriveInput {
        parse_quote! { #[trigger(key = "k", #payload)] struct InvoiceDue { a: u8 } }
    };
    trigger(&of(quote! { payload(title = "x", default = {}, examples = [{"a": 1}]) }), &[]);
    trigger(&of(quote! { payload = "x" }), &["[T010] `payload` takes what is said"]);
    trigger(&of(quote! { payload() }), &["[T010] `payload` takes what is said"]);
    trigger(&of(quote! { payload(titel = "x") }), &["[T009] unknown attribute `titel`; did you"]);
    trigger(
        &of(quote! { payload(hidden) }),
        &["[T009] unknown attribute `hidden`; the attributes"],
    );
    trigger(&of(quote! { payload(title = "") }), &["[T046]"]);
    trigger(field! { #[trigger(items(title = "x", x = 1))] a: Vec<Line> }, &["[T009]"]);
    trigger(field! { #[trigger(items)] a: Vec<Line> }, &["[T010] `items` takes what is said"]);
}

#[test]
fn serde_attributes_that_no_schema_follows() {
    let container = |attribute: syn::Attribute| -> DeriveInput {
        parse_quote! { #[trigger(key = "k")] #attribute struct InvoiceDue { a: u8 } }
    };
    for attribute in [
        parse_quote! { #[serde(tag = "type")] },
        parse_quote! { #[serde(into = "Other")] },
        parse_quote! { #[serde(remote = "Other")] },
        parse_quote! { #[serde(transparent)] },
    ] {
        trigger(&container(attribute), &["[T050]"]);
    }
    trigger(field! { #[serde(with = "hex")] a: u8 }, &["[T050]"]);
    trigger(field! { #[serde(serialize_with = "hex::serialize")] a: u8 }, &["[T050]"]);
    trigger(field! { #[serde(skip, with = "hex")] a: u8 }, &[]);
    trigger(
        &parse_quote! {
            #[trigger(key = "k")]
            #[serde(remote = "Other")]
            struct InvoiceDue { #[serde(getter = "Other::a")] a: u8 }
        },
        &["[T050] `remote`", "[T050] `getter`"],
    );
    for input in [
        parse_quote! { #[serde(untagged)] enum Status { A } },
        parse_quote! { #[serde(tag = "t")] enum Status { A } },
        parse_quote! { #[serde(tag = "t", content = "c")] enum Status { A } },
        parse_quote! { #[serde(into = "String")] enum Status { A } },
        parse_quote! { enum Status { #[serde(untagged)] A } },
        parse_quote! { struct Id(#[serde(skip)] u8); },
    ] {
        property(&input, &["[T050]"]);
    }
}

#[test]
fn serde_refuses_in_its_own_words() {
    trigger(field! { #[serde(rename_al = "x")] a: u8 }, &["unknown serde field attribute"]);
}

/// Serde's `camelCase` cuts off the first byte.
#[test]
fn serde_panics_at_a_name() {
    const WORDS: &str = "[T050] serde fails at `camelCase`";
    property(&parse_quote! { #[serde(rename_all = "camelCase")] enum Status { Ärger } }, &[WORDS]);
    property(&parse_quote! { #[serde(rename_all = "camelCase")] struct Line { __: u8 } }, &[WORDS]);
    trigger(
        &parse_quote! {
            #[trigger(key = "k")]
            #[serde(rename_all = "camelCase")]
            struct InvoiceDue { ärger: u8 }
        },
        &[WORDS],
    );
    property(
        &parse_quote! {
            #[serde(rename_all = "camelCase")]
            enum Status { #[serde(rename = "Ärger")] Ärger }
        },
        &[],
    );
}

#[test]
fn a_derive_that_fails_leaves_a_stub() {
    let output = crate::expand_trigger(&parse_quote! { enum InvoiceDue { A } }).to_string();
    assert!(output.contains("RealTime < 0 >") && output.contains("compile_error"), "{output}");
    let output = crate::expand_property(&parse_quote! { struct Line; }).to_string();
    assert!(output.contains("Unknown") && output.contains("compile_error"), "{output}");
}

#[test]
fn a_trigger_with_mistakes_is_not_registered() {
    let right = crate::expand_trigger(field! { a: u8 }).to_string();
    let wrong = crate::expand_trigger(field! { #[trigger(tilte = "x")] a: u8 }).to_string();
    assert!(right.contains("linkme_macro"));
    assert!(!wrong.contains("linkme_macro"));
}

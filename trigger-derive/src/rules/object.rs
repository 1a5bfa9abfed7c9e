//! The properties of an object, and what else may be one's type.

use std::collections::HashSet;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::DeriveInput;
use syn::spanned::Spanned;
use trigger_dialect::{Rule, is_property_name};

use super::roles::{entity_id_holds, role_holds};
use super::value::value_rules;
use crate::errors::Errors;
use crate::model::{Field, Role};
use crate::serde_attributes::{SerdeField, SerdeVariant, With, span_of, value_span};

/// The rules of an object's properties, on either level.
pub(crate) fn object(errors: &Errors, input: &DeriveInput, fields: &[Field<'_>]) {
    if fields.is_empty() {
        let words = "an object of a payload schema has at least one property; add a field that serde writes";
        errors.push(&input.ident, Rule::PROPERTY_PRESENT, words);
    }
    names_differ(errors, fields);
    property_names(errors, input, fields);
    for field in fields {
        role_holds(errors, field);
        entity_id_holds(errors, field);
        flattened_plain(errors, field);
        flattened_by_module(errors, field);
        namespace(errors, field);
        value_rules(errors, field);
    }
}

/// Two fields that serde writes under one name.
fn names_differ(errors: &Errors, fields: &[Field<'_>]) {
    let mut names = HashSet::new();
    for field in fields.iter().filter(|field| !field.flattened) {
        if !names.insert(&field.name) {
            let words = format!(
                "the property `{}` stands twice in the payload; rename one of the fields",
                field.name
            );
            errors.push_at(field.name_span(), Rule::PROPERTY_NAME_ONCE, words);
        }
    }
}

/// Names that serde writes otherwise than Wix takes them.
fn property_names(errors: &Errors, input: &DeriveInput, fields: &[Field<'_>]) {
    let is_wrong = |field: &&Field<'_>| !field.flattened && !is_property_name(&field.name);
    let wrong: Vec<_> = fields.iter().filter(is_wrong).collect();
    // #[serde(rename_all = "kebab-case")]
    let by_all = value_span(&input.attrs, "rename_all");
    let mut of_all = wrong.iter().filter(|field| field.rename().is_none());
    if let (Some(span), Some(field)) = (by_all, of_all.next()) {
        let words = format!(
            "this makes the property's name `{}`, which may hold only A-Z, a-z, 0-9 and _, and \
             not start with _; write another one, such as `camelCase`",
            field.name
        );
        errors.push_at(span, Rule::PROPERTY_NAME, words);
    }
    for field in wrong {
        let mend = match (field.rename(), by_all) {
            // #[serde(rename = "due-at")]
            (Some(_), _) => "write another one",
            (None, Some(_)) => continue,
            // größe: u32
            (None, None) => "rename it: `#[serde(rename = \"…\")]`",
        };
        let words = format!(
            "the property's name `{}` may hold only A-Z, a-z, 0-9 and _, and not start with _; \
             {mend}",
            field.name
        );
        errors.push_at(field.name_span(), Rule::PROPERTY_NAME, words);
    }
}

/// `#[serde(flatten)] #[trigger(title = "…")] field: …`
fn flattened_plain(errors: &Errors, field: &Field<'_>) {
    if !field.flattened {
        return;
    }
    for text in written(field) {
        let words = "a flattened struct is no property of its own; write this on its fields";
        errors.push(text, Rule::ATTRIBUTE_KNOWN, words);
    }
}

/// `#[serde(flatten, with = "rust_decimal::serde::str")]`
fn flattened_by_module(errors: &Errors, field: &Field<'_>) {
    if field.flattened && !matches!(field.with, None | Some(With::Refused)) {
        let words = "what this module writes has no members to flatten; remove `flatten`";
        let span = span_of(&field.original.attrs, &["flatten"]);
        let span = span.unwrap_or_else(|| field.name_tokens().span());
        errors.push_at(span, Rule::SERDE_FOLLOWED, words);
    }
}

/// The attributes of a field, as errors point at them.
fn written(field: &Field<'_>) -> Vec<proc_macro2::TokenStream> {
    let attributes = &field.attributes;
    let texts = [
        &attributes.title,
        &attributes.description,
        &attributes.namespace,
        &attributes.custom_type,
    ];
    let texts = texts.into_iter().flatten().map(ToTokens::to_token_stream);
    let format = attributes.format.iter().map(|(_, text)| text.to_token_stream());
    let values = attributes.examples.iter().chain(&attributes.default);
    let choice = attributes.choice.iter().map(|choice| choice.list.to_token_stream());
    let items = attributes.items.iter().map(|(name, _)| name);
    let words = attributes.hidden.iter().chain(items).map(ToTokens::to_token_stream);
    let values = values.map(ToTokens::to_token_stream).chain(choice);
    texts.chain(format).chain(values).chain(words).collect()
}

/// `namespace` on a field without an identity.
fn namespace(errors: &Errors, field: &Field<'_>) {
    let is_identity = field.role.is_some_and(|role| role != Role::ScheduledAt);
    if let Some(namespace) = &field.attributes.namespace
        && !is_identity
    {
        let words = "`namespace` names the object that Wix adds for an identity; name this field \
                     in `contact`, `member`, `visitor` or `user`, or remove it";
        errors.push(namespace, Rule::NAMESPACE, words);
    }
}

/// A newtype's field has a value, but is no property by itself.
pub(crate) fn newtype(errors: &Errors, field: &Field<'_>) {
    let attributes = &field.attributes;
    let texts = [
        &attributes.title,
        &attributes.description,
        &attributes.namespace,
        &attributes.custom_type,
    ];
    for text in texts.into_iter().flatten() {
        let words = "a newtype has no name of its own; write this on the fields of its type";
        errors.push(text, Rule::ATTRIBUTE_KNOWN, words);
    }
    if let Some(default) = &attributes.default {
        let words = "a newtype has no default of its own; write it on the fields of its type";
        errors.push(default, Rule::ATTRIBUTE_KNOWN, words);
    }
    if let Some(hidden) = &attributes.hidden {
        let words = "a newtype is not hidden by itself; write this on the fields of its type";
        errors.push(hidden, Rule::ATTRIBUTE_KNOWN, words);
    }
    if let Some(choice) = &attributes.choice {
        let words = "a newtype offers no choice of its own; write this on the fields of its type";
        errors.push(&choice.list, Rule::ATTRIBUTE_KNOWN, words);
    }
    if let Some((name, _)) = &attributes.items {
        let words = "a newtype has no items of its own; write this on the fields of its type";
        errors.push(name, Rule::ATTRIBUTE_KNOWN, words);
    }
    if let [_, second, ..] = attributes.examples.as_slice() {
        let words = "a newtype has one example; write several on the fields of its type";
        errors.push(second, Rule::ATTRIBUTE_KNOWN, words);
    }
    value_rules(errors, field);
}

/// `struct InvoiceId(#[serde(skip)] Uuid);`
pub(crate) fn newtype_not_skipped(errors: &Errors, field: &SerdeField<'_>) {
    if field.skipped {
        let words = "serde skips the value of this newtype; remove the attribute";
        errors.push(field.ty, Rule::SERDE_FOLLOWED, words);
    }
}

/// `enum Status { Paid { at: u64 } }`
pub(crate) fn unit_variant(errors: &Errors, variant: &SerdeVariant<'_>) {
    if !variant.is_unit && !variant.skipped {
        let words = "a variant with data has no type in the dialect; move the data to fields of \
                     the trigger";
        errors.push(variant.variant, Rule::PROPERTY_SHAPE, words);
    }
}

/// `enum Status {}`, or variants that serde writes alike.
pub(crate) fn enum_values(errors: &Errors, ident: &Ident, variants: &[SerdeVariant<'_>]) {
    let mut written = variants.iter().filter(|variant| !variant.skipped).peekable();
    if written.peek().is_none() {
        let words = "an enum needs a variant that serde writes; add one";
        errors.push(ident, Rule::PROPERTY_SHAPE, words);
    }
    let mut values = HashSet::new();
    for variant in written {
        if !values.insert(&variant.name) {
            let words =
                format!("serde writes two variants as `{}`; rename one of them", variant.name);
            let span = value_span(&variant.variant.attrs, "rename");
            let span = span.unwrap_or_else(|| variant.variant.ident.span());
            errors.push_at(span, Rule::PROPERTY_NAME_ONCE, words);
        }
    }
}

//! The rules that a struct's own tokens can be held to, each a function with the code that it
//! refuses. What needs a field's type is judged by the types that the expansion names.

use std::collections::HashMap;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Data, DeriveInput, GenericParam, Generics, LitStr};
use trigger_dialect::{
    Format, Rule, is_description, is_property_name, is_trigger_key, is_trigger_name, sentence_case,
};

use crate::attributes::Roles;
use crate::errors::Errors;
use crate::literal::{Literal, Value};
use crate::model::{Field, Role, has_named_fields, plain};
use crate::attributes::nearest;
use crate::serde_attributes::{SerdeField, SerdeVariant, With};

/// `struct InvoiceDue<T> { … }`
pub(crate) fn no_parameters(errors: &Errors, generics: &Generics) {
    for parameter in &generics.params {
        let what = match parameter {
            GenericParam::Lifetime(_) => continue,
            GenericParam::Type(_) => "a type parameter",
            GenericParam::Const(_) => "a const parameter",
        };
        let words = format!(
            "a payload schema is one for all values, so {what} has no place; write the type out, \
             or one struct for each"
        );
        errors.push(parameter, Rule::NO_PARAMETERS, words);
    }
}

/// `enum InvoiceDue { … }`, `struct InvoiceDue(Uuid);`, `struct InvoiceDue;`
pub(crate) fn is_trigger_shape(errors: &Errors, input: &DeriveInput) -> bool {
    if has_named_fields(&input.data) {
        return true;
    }
    let what = match &input.data {
        Data::Enum(_) => "an enum",
        Data::Union(_) => "a union",
        Data::Struct(data) if data.fields.is_empty() => "a struct without fields",
        Data::Struct(_) => "a tuple struct",
    };
    let words = format!(
        "a payload is an object, which {what} is not; derive `Trigger` on a struct with named fields"
    );
    errors.push(&input.ident, Rule::TRIGGER_SHAPE, words);
    false
}

/// `struct Line;`, `struct Line(u8, u8);`, `union Line { … }`
pub(crate) fn is_property_shape(errors: &Errors, input: &DeriveInput) -> bool {
    let what = match &input.data {
        Data::Enum(_) => return true,
        Data::Struct(data) if has_named_fields(&input.data) || data.fields.len() == 1 => {
            return true;
        }
        Data::Union(_) => "a union",
        Data::Struct(data) if data.fields.is_empty() => "a struct without fields",
        Data::Struct(_) => "a tuple struct",
    };
    let words = format!(
        "{what} has no type in the dialect; derive `Property` on a struct with named fields, an \
         enum of unit variants or a newtype"
    );
    errors.push(&input.ident, Rule::PROPERTY_SHAPE, words);
    false
}

/// No `key`, or `key = "Invoice due"`.
pub(crate) fn key(errors: &Errors, ident: &Ident, key: Option<&LitStr>) -> String {
    let Some(key) = key else {
        let words = format!(
            "a trigger needs its key, which Wix freezes once the trigger is published; add \
             `#[trigger(key = \"{}\")]`",
            snake_case(&plain(ident))
        );
        errors.push(ident, Rule::KEY_WRITTEN, words);
        return String::new();
    };
    let value = key.value();
    if !is_trigger_key(&value) {
        let words = format!(
            "the trigger key `{value}` is not 1 to 100 small letters, digits, `_` and `-` that \
             start with a letter or digit; write one such as `{}`",
            snake_case(&plain(ident))
        );
        errors.push(key, Rule::KEY_PATTERN, words);
    }
    value
}

fn snake_case(ident: &str) -> String {
    let words = sentence_case(ident).to_lowercase().replace(' ', "_");
    if is_trigger_key(&words) { words } else { "invoice_due".to_owned() }
}

/// `name = "Due"`
pub(crate) fn name(errors: &Errors, ident: &Ident, written: Option<&LitStr>) -> String {
    let name = written.map_or_else(|| sentence_case(&plain(ident)), LitStr::value);
    if !is_trigger_name(&name) {
        let words = match written {
            Some(_) => format!("the trigger's name `{name}` has not 5 to 80 characters; change it"),
            None => format!(
                "the trigger's name `{name}`, made from the struct's, has not 5 to 80 characters; \
                 write one: `#[trigger(name = \"Invoice due\")]`"
            ),
        };
        let tokens = written.map_or_else(|| ident.to_token_stream(), ToTokens::to_token_stream);
        errors.push(tokens, Rule::NAME_LENGTH, words);
    }
    name
}

/// A description of more than 250 characters.
pub(crate) fn description(
    errors: &Errors,
    input: &DeriveInput,
    written: Option<&LitStr>,
    description: Option<&str>,
) {
    let Some(description) = description.filter(|description| !is_description(description)) else {
        return;
    };
    let length = description.chars().count();
    match written {
        Some(written) => {
            let words = format!(
                "the trigger's description has {length} characters, more than 250; shorten it"
            );
            errors.push(written, Rule::DESCRIPTION_LENGTH, words);
        }
        None => {
            let words = format!(
                "the trigger's description, the first paragraph of its doc comment, has {length} \
                 characters, more than 250; write a short one: `#[trigger(description = \"…\")]`"
            );
            let comment = input.attrs.iter().find(|attribute| attribute.path().is_ident("doc"));
            let tokens =
                comment.map_or_else(|| input.ident.to_token_stream(), ToTokens::to_token_stream);
            errors.push(tokens, Rule::DESCRIPTION_LENGTH, words);
        }
    }
}

/// The field that a role names; `scheduled_at = due` where there is only `due_at`.
pub(crate) fn named_field<'f, 'a>(
    errors: &Errors,
    role: &str,
    name: &Ident,
    fields: &'f [SerdeField<'a>],
) -> Option<&'f SerdeField<'a>> {
    let named = |field: &&SerdeField<'_>| {
        field.field.ident.as_ref().is_some_and(|ident| plain(ident) == plain(name))
    };
    if let Some(field) = fields.iter().find(named) {
        return Some(field);
    }
    let idents = fields.iter().filter_map(|field| field.field.ident.as_ref()).map(plain);
    let idents: Vec<String> = idents.collect();
    let words = match nearest(&plain(name), idents.iter().map(String::as_str)) {
        Some(near) => {
            format!("`{role}` names no field of this struct: `{name}`; did you mean `{near}`?")
        }
        None => format!(
            "`{role}` names no field of this struct: `{name}`; it takes a field's name in Rust"
        ),
    };
    errors.push(name, Rule::ROLE_FIELD, words);
    None
}

/// `contact = contact_id` where `contact_id` is skipped, flattened or not there.
pub(crate) fn roles(
    errors: &Errors,
    roles: &Roles,
    fields: &[SerdeField<'_>],
) -> Vec<(Ident, Role)> {
    let written = [
        (Role::ScheduledAt, &roles.scheduled_at),
        (Role::Contact, &roles.contact),
        (Role::Member, &roles.member),
        (Role::Visitor, &roles.visitor),
        (Role::User, &roles.user),
    ];
    let mut found = Vec::new();
    for (role, name) in written {
        let Some(name) = name else { continue };
        let Some(field) = named_field(errors, role.name(), name, fields) else { continue };
        if field.skipped || field.flattened {
            let what = if field.skipped { "skips" } else { "flattens" };
            let words = format!(
                "`{}` names a property of the payload, and serde {what} `{name}`; remove one of \
                 the two attributes",
                role.name()
            );
            errors.push(name, Rule::ROLE_FIELD, words);
        } else if let Some(ident) = &field.field.ident {
            found.push((ident.clone(), role));
        }
    }
    found
}

/// `contact = id, member = id`
pub(crate) fn one_role(errors: &Errors, field: &Field<'_>, second: Option<Role>) {
    if let (Some(first), Some(second)) = (field.role, second) {
        let words = format!(
            "this field is named by `{}` and by `{}`; a property has one of them",
            first.name(),
            second.name()
        );
        errors.push(field.name_tokens(), Rule::ROLE_FIELD, words);
    }
}

/// The rules of an object's properties, on either level.
pub(crate) fn object(errors: &Errors, ident: &Ident, fields: &[Field<'_>]) {
    if fields.is_empty() {
        let words = "a payload schema needs at least one property; add a field that serde writes";
        errors.push(ident, Rule::PROPERTY_PRESENT, words);
    }
    names_differ(errors, fields);
    for field in fields {
        property_name(errors, field);
        role_holds(errors, field);
        flattened_plain(errors, field);
        namespace(errors, field);
        value_rules(errors, field);
    }
}

/// Two fields that serde writes under one name.
fn names_differ(errors: &Errors, fields: &[Field<'_>]) {
    let mut names = HashMap::new();
    for field in fields.iter().filter(|field| !field.flattened) {
        if names.insert(&field.name, ()).is_some() {
            let words = format!(
                "the property `{}` stands twice in the payload; rename one of the fields",
                field.name
            );
            errors.push(field.name_tokens(), Rule::PROPERTY_NAME_ONCE, words);
        }
    }
}

/// `#[serde(rename = "due-at")]`
fn property_name(errors: &Errors, field: &Field<'_>) {
    if field.flattened || is_property_name(&field.name) {
        return;
    }
    let words = format!(
        "the property's name `{}` may hold only A-Z, a-z, 0-9 and _, and not start with _; rename \
         it: `#[serde(rename = \"…\")]`",
        field.name
    );
    errors.push(field.name_tokens(), Rule::PROPERTY_NAME, words);
}

/// `scheduled_at` on a field that serde may skip, or whose `with` module writes something else.
fn role_holds(errors: &Errors, field: &Field<'_>) {
    let Some(role) = field.role else { return };
    if role == Role::ScheduledAt && field.may_be_skipped {
        let words = "the date-time of a scheduled event is required; remove `skip_serializing_if`";
        errors.push(field.name_tokens(), Rule::SCHEDULED_AT, words);
    }
    let expected = if role == Role::ScheduledAt { Format::DateTime } else { Format::Uuid };
    let rule = if role == Role::ScheduledAt { Rule::SCHEDULED_AT } else { Rule::IDENTITY };
    let kept = match (role, field.with) {
        (Role::ScheduledAt, Some(With::Rfc3339)) | (_, None) => true,
        (_, Some(_)) => false,
    };
    if !kept {
        let words = format!("`{}` names a required `format: {}`", role.name(), expected.name());
        errors.push(field.ty, rule, words);
    }
    if let Some((format, written)) = &field.attributes.format
        && *format != expected
    {
        let words = format!(
            "`{}` names a string with `format = \"{}\"`; change the format or the role",
            role.name(),
            expected.name()
        );
        errors.push(written, rule, words);
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
    let hidden = attributes.hidden.then(|| field.name_tokens());
    texts.chain(format).chain(values.map(ToTokens::to_token_stream)).chain(hidden).collect()
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
    if attributes.hidden {
        let words = "a newtype is not hidden by itself; write this on the fields of its type";
        errors.push(field.ty, Rule::ATTRIBUTE_KNOWN, words);
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

/// What the tokens tell of a written format, example or default.
fn value_rules(errors: &Errors, field: &Field<'_>) {
    let attributes = &field.attributes;
    let known = match field.with {
        Some(With::Rfc3339 | With::Rfc3339Option) => Some(Format::DateTime),
        Some(With::Decimal | With::DecimalOption) => Some(Format::Number),
        None => None,
    };
    if let (Some(known), Some((_, written))) = (known, &attributes.format) {
        let words = format!(
            "this field has `format: {}` by its `with` module; remove the format",
            known.name()
        );
        errors.push(written, Rule::FORMAT_STRING, words);
    }
    if is_judged_here(field) {
        for value in attributes.examples.iter().chain(&attributes.default) {
            string_fits(errors, value, known.or(field.format()));
        }
    }
    // Other types are judged by the expansion, and a role brings its own example.
    let needs_example = field.format().is_some() && attributes.examples.is_empty();
    if needs_example && !attributes.example_written && !field.flattened {
        let sample = field.format().map_or("…", Format::sample);
        let words = format!(
            "a string needs an example: Wix shows it as the placeholder when an automation is \
             tested; add `example = \"{sample}\"`"
        );
        errors.push(field.name_tokens(), Rule::EXAMPLE_PRESENT, words);
    }
}

/// Whether an example or default of the field can be judged by its tokens: the JSON type is a
/// string, and its format is known.
pub(crate) fn is_judged_here(field: &Field<'_>) -> bool {
    field.with.is_some()
        || field.format().is_some()
        || (field.looks_like_text() && field.role.is_none())
}

fn string_fits(errors: &Errors, value: &Literal, format: Option<Format>) {
    let Value::String(text) = &value.value else {
        let words = "an example or default of a string is a string; put it in quotes";
        errors.push(value, Rule::EXAMPLE_TYPE, words);
        return;
    };
    if let Some(format) = format
        && !format.fits(text)
    {
        let words = format!(
            "`{text}` does not fit `format: {}`; write one such as `{}`",
            format.name(),
            format.sample()
        );
        errors.push(value, Rule::EXAMPLE_FORMAT, words);
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
pub(crate) fn enum_values(errors: &Errors, ident: &Ident, values: &[String]) {
    if values.is_empty() {
        let words = "an enum needs at least one variant that serde writes";
        errors.push(ident, Rule::PROPERTY_SHAPE, words);
    }
    for (at, value) in values.iter().enumerate() {
        if values[..at].contains(value) {
            let words = format!("serde writes two variants as `{value}`; rename one of them");
            errors.push(ident, Rule::PROPERTY_NAME_ONCE, words);
        }
    }
}

//! The rules that a struct's own tokens can be held to, each a function with the code that it
//! refuses. What needs a field's type is judged by the types that the expansion names.

mod object;
mod roles;
mod value;

pub(crate) use object::{enum_values, newtype, newtype_not_skipped, object, unit_variant};
pub(crate) use roles::{entity_id, roles};
pub(crate) use value::is_judged_here;

use proc_macro2::Ident;
use quote::ToTokens;
use syn::{Data, DeriveInput, GenericParam, Generics, LitStr};
use trigger_dialect::{Rule, is_description, is_trigger_key, is_trigger_name, sentence_case};

use crate::attributes::TriggerAttributes;
use crate::errors::Errors;
use crate::model::{has_named_fields, plain};
use crate::serde_attributes::transparent_span;

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
        "a payload is an object, which {what} is not; derive `Trigger` on a struct with named \
         fields, or `Property` on what stands inside one"
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
        // #[serde(transparent)] struct Id<'a>(Uuid, PhantomData<&'a ()>);
        Data::Struct(data) if !data.fields.is_empty() && transparent_span(input).is_some() => {
            return true;
        }
        Data::Union(_) => "a union",
        Data::Struct(data) if data.fields.is_empty() => "a struct without fields",
        Data::Struct(_) => "a tuple struct",
    };
    let words = format!(
        "{what} has no type in the dialect; name its fields, or derive `Property` on an enum of \
         unit variants or a newtype"
    );
    errors.push(&input.ident, Rule::PROPERTY_SHAPE, words);
    false
}

/// No `key`, or `key = "Invoice due"`.
pub(crate) fn key(errors: &Errors, ident: &Ident, attributes: &TriggerAttributes) -> String {
    let Some(key) = &attributes.key else {
        if attributes.key_written {
            return String::new();
        }
        let words = format!(
            "a trigger needs its key, which Wix freezes once the trigger is published; add \
             `#[trigger(key = \"{}\")]`, or derive `Property` if this stands inside a payload",
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

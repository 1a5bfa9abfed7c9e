//! What serde's attributes make of a type, read by serde's own code.
//!
//! `serde_derive_internals` promises no stability: it is pinned, and named nowhere else.

use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::{Span, TokenStream, TokenTree};
use quote::ToTokens;
use serde_derive_internals::attr::TagType;
use serde_derive_internals::{Ctxt, Derive, ast};
use syn::{Attribute, DeriveInput, ExprPath, Ident, Member, Meta, Type};
use trigger_dialect::Rule;

use crate::errors::Errors;
use crate::model::plain;

/// A type as serde serializes it.
pub(crate) enum SerdeType<'a> {
    /// A struct with named fields.
    Struct(Vec<SerdeField<'a>>),
    /// A struct that serde writes as one field: the only one, or the one that `transparent` finds
    /// beside those that hold nothing.
    Newtype {
        field: SerdeField<'a>,
        others: Vec<SerdeField<'a>>,
    },
    /// Any other struct.
    OtherStruct,
    Enum(Vec<SerdeVariant<'a>>),
}

/// A field that serde writes, or skips.
pub(crate) struct SerdeField<'a> {
    /// The key in the JSON object.
    pub(crate) name: String,
    /// The name in Rust, without `r#`, compared often; empty in a tuple.
    pub(crate) plain: String,
    pub(crate) field: &'a syn::Field,
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) skipped: bool,
    pub(crate) may_be_skipped: bool,
    pub(crate) flattened: bool,
    pub(crate) with: Option<With>,
}

/// A `with` module whose output is known.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum With {
    Rfc3339,
    Rfc3339Option,
    Decimal,
    DecimalOption,
    /// Another one, which was refused; the field's type is not asked on top of that.
    Refused,
}

/// A variant of an enum.
pub(crate) struct SerdeVariant<'a> {
    pub(crate) name: String,
    pub(crate) variant: &'a syn::Variant,
    pub(crate) skipped: bool,
    pub(crate) is_unit: bool,
}

/// A type as serde's own derive sees it.
pub(crate) struct SerdeView<'a> {
    pub(crate) ty: SerdeType<'a>,
    /// Whether serde refuses it for a mistake, and there is no `Serialize`.
    pub(crate) is_refused: bool,
}

/// Reads `input` as serde's own derive does; `None` where serde does not get through it.
pub(crate) fn read<'a>(errors: &Errors, input: &'a DeriveInput) -> Option<SerdeView<'a>> {
    let context = Ctxt::new();
    let private = Ident::new("__private", Span::call_site());
    let read = || ast::Container::from_ast(&context, input, Derive::Serialize, &private);
    let container = catch_unwind(AssertUnwindSafe(read));
    let refused = context.check().err();
    let is_refused = refused.is_some();
    for error in refused.into_iter().flatten() {
        errors.push_error(error);
    }
    let Ok(container) = container else {
        refuse_panic(errors, input);
        return None;
    };
    let container = container?;
    refuse_container(errors, input, &container);
    Some(SerdeView { ty: read_data(errors, container), is_refused })
}

fn read_data<'a>(errors: &Errors, container: ast::Container<'a>) -> SerdeType<'a> {
    match container.data {
        ast::Data::Enum(variants) => SerdeType::Enum(
            variants.into_iter().map(|variant| read_variant(errors, &variant)).collect(),
        ),
        ast::Data::Struct(style, fields) => {
            let inner = match style {
                // #[serde(transparent)] struct Id<'a> { id: Uuid, marker: PhantomData<&'a ()> }
                _ if container.attrs.transparent() => {
                    fields.iter().position(|field| field.attrs.transparent())
                }
                ast::Style::Newtype => Some(0),
                ast::Style::Struct | ast::Style::Tuple | ast::Style::Unit => None,
            };
            let mut fields: Vec<_> =
                fields.into_iter().map(|field| read_field(errors, &field)).collect();
            match (inner, style) {
                (Some(inner), _) => {
                    let field = fields.remove(inner);
                    SerdeType::Newtype { field, others: fields }
                }
                (None, ast::Style::Struct) => SerdeType::Struct(fields),
                (None, _) => SerdeType::OtherStruct,
            }
        }
    }
}

/// `#[serde(rename_all = "camelCase")] enum Status { Ärger }`, at which serde's own code panics.
fn refuse_panic(errors: &Errors, input: &DeriveInput) {
    let words = match span_of(&input.attrs, &["rename_all"]) {
        Some(_) => {
            "serde fails at `camelCase` for a name without a first letter of A to Z; rename that \
             one: `#[serde(rename = \"…\")]`"
        }
        None => "serde fails at this type; leave out its attributes one by one to find which",
    };
    refuse(errors, &input.attrs, &["rename_all"], &input.ident, words);
}

/// Where `transparent` stands, which makes serde write the type as one of its fields.
pub(crate) fn transparent_span(input: &DeriveInput) -> Option<Span> {
    span_of(&input.attrs, &["transparent"])
}

/// Refuses what changes a type's JSON in a way that no schema here describes.
fn refuse_container(errors: &Errors, input: &DeriveInput, container: &ast::Container<'_>) {
    let attributes = &input.attrs;
    match container.attrs.tag() {
        TagType::External => {}
        // #[serde(tag = "type")] struct InvoiceDue { … }
        TagType::Internal { .. } => refuse(
            errors,
            attributes,
            &["tag"],
            input,
            "`tag` adds a property that no field stands for; remove it, or add a field",
        ),
        TagType::Adjacent { .. } => refuse(
            errors,
            attributes,
            &["tag", "content"],
            input,
            "`tag` and `content` wrap the value in an object; remove them",
        ),
        TagType::None => refuse(
            errors,
            attributes,
            &["untagged"],
            input,
            "`untagged` writes unit variants as `null`; remove it",
        ),
    }
    // #[serde(into = "Other")]
    if container.attrs.type_into().is_some() {
        let words = "`into` writes another type than this one; remove it, and let the fields be of that type";
        refuse(errors, attributes, &["into"], input, words);
    }
    // #[serde(remote = "Other")]
    if container.attrs.remote().is_some() {
        let words = "`remote` writes a type of another crate; remove it, and derive on a struct of yours with what \
                     is to be sent";
        refuse(errors, attributes, &["remote"], input, words);
    }
}

fn read_variant<'a>(errors: &Errors, variant: &ast::Variant<'a>) -> SerdeVariant<'a> {
    let attributes = &variant.original.attrs;
    // #[serde(serialize_with = "path")] Variant
    if variant.attrs.serialize_with().is_some() {
        let words = "a variant's `with` writes what no schema knows; remove it";
        refuse(errors, attributes, &["with", "serialize_with"], variant.original, words);
    }
    // #[serde(untagged)] Variant
    if variant.attrs.untagged() {
        let words = "`untagged` writes the variant as `null`; remove it";
        refuse(errors, attributes, &["untagged"], variant.original, words);
    }
    SerdeVariant {
        name: variant.attrs.name().serialize_name().value.clone(),
        variant: variant.original,
        skipped: variant.attrs.skip_serializing(),
        is_unit: matches!(variant.style, ast::Style::Unit),
    }
}

fn read_field<'a>(errors: &Errors, field: &ast::Field<'a>) -> SerdeField<'a> {
    let attributes = &field.original.attrs;
    let skipped = field.attrs.skip_serializing();
    // #[serde(getter = "path")] field: …
    if field.attrs.getter().is_some() {
        let words = "`getter` goes with `remote`, which no schema follows; remove it";
        refuse(errors, attributes, &["getter"], field.original, words);
    }
    let written = field.attrs.serialize_with().filter(|_| !skipped);
    let with = written.map(known_with);
    // #[serde(with = "my_module")] field: …
    if with == Some(With::Refused) {
        let words = "what this writes is not known, so no schema can describe it; remove it, and \
                     give the field the type that is written, such as a `String`. Known are \
                     `time::serde::rfc3339`, `rust_decimal::serde::str` and their `option` forms, \
                     with their whole paths";
        refuse(errors, attributes, &["with", "serialize_with"], field.original, words);
    }
    SerdeField {
        name: field.attrs.name().serialize_name().value.clone(),
        plain: field.original.ident.as_ref().map(plain).unwrap_or_default(),
        field: field.original,
        member: field.member.clone(),
        ty: field.ty,
        skipped,
        may_be_skipped: field.attrs.skip_serializing_if().is_some(),
        flattened: field.attrs.flatten(),
        with,
    }
}

/// The `with` modules that are followed, by the function that serde calls.
fn known_with(function: &ExprPath) -> With {
    let segments = function.path.segments.iter();
    let path: Vec<String> = segments.map(|segment| segment.ident.to_string()).collect();
    match path.join("::").as_str() {
        "time::serde::rfc3339::serialize" => With::Rfc3339,
        "time::serde::rfc3339::option::serialize" => With::Rfc3339Option,
        "rust_decimal::serde::str::serialize" => With::Decimal,
        "rust_decimal::serde::str_option::serialize" => With::DecimalOption,
        _ => With::Refused,
    }
}

/// Records that a serde attribute cannot be followed, at the word itself.
fn refuse(
    errors: &Errors,
    attributes: &[Attribute],
    names: &[&str],
    otherwise: impl ToTokens,
    words: &str,
) {
    match span_of(attributes, names) {
        Some(span) => {
            errors.push(Ident::new("_", span).into_token_stream(), Rule::SERDE_FOLLOWED, words);
        }
        None => errors.push(otherwise, Rule::SERDE_FOLLOWED, words),
    }
}

/// Where the value of `name = …` stands in the `#[serde(…)]` attributes, or that of
/// `name(serialize = …)`.
pub(crate) fn value_span(attributes: &[Attribute], name: &str) -> Option<Span> {
    let mut tokens = serde_tokens(attributes);
    tokens.find(|token| matches!(token, TokenTree::Ident(word) if word == name))?;
    match tokens.next()? {
        TokenTree::Group(group) => {
            let mut inner = group.stream().into_iter();
            inner.find(|token| matches!(token, TokenTree::Ident(word) if word == "serialize"))?;
            inner.nth(1).map(|value| value.span())
        }
        _ => tokens.next().map(|value| value.span()),
    }
}

/// Where one of `names` stands in the `#[serde(…)]` attributes.
pub(crate) fn span_of(attributes: &[Attribute], names: &[&str]) -> Option<Span> {
    serde_tokens(attributes).find_map(|token| match token {
        TokenTree::Ident(word) if names.iter().any(|name| word == name) => Some(word.span()),
        _ => None,
    })
}

/// What stands in the parentheses of all `#[serde(…)]`.
fn serde_tokens(attributes: &[Attribute]) -> impl Iterator<Item = TokenTree> {
    let lists = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::List(list) if list.path.is_ident("serde") => Some(list.tokens.clone()),
        _ => None,
    });
    lists.flat_map(TokenStream::into_iter)
}

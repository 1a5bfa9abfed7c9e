//! One property's row, and what is left to judge about it.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;
use trigger_dialect::Format;

use super::lifetimes;
use crate::literal::Literal;
use crate::model::{Container, Field, Role};
use crate::rules::is_judged_here;
use crate::serde_attributes::With;

/// Where the properties of a struct stand.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Level {
    First,
    Second,
    /// In a newtype: where that stands is not known here.
    Newtype,
}

pub(super) fn row(krate: &Path, field: &Field<'_>, level: Level) -> TokenStream {
    let ty = type_expression(krate, field, field.ty, level);
    if field.flattened {
        let may_be_skipped = set("may_be_skipped", field.may_be_skipped);
        return quote! {
            #krate::__private::Row {
                ty: #ty,
                flattened: true,
                #may_be_skipped
                ..#krate::__private::REST
            }
        };
    }
    let Field { name, title, .. } = field;
    let attributes = &field.attributes;
    let texts = [
        ("description", field.description.clone()),
        ("namespace", attributes.namespace.as_ref().map(syn::LitStr::value)),
        ("custom_type", attributes.custom_type.as_ref().map(syn::LitStr::value)),
    ];
    let texts = texts.map(|(key, text)| some(key, text));
    let format = some("format", attributes.format.as_ref().map(|(known, _)| format(krate, *known)));
    let default = some("default", attributes.default.as_ref().map(|value| value.expand(krate)));
    let examples = examples(krate, &attributes.examples);
    let identity = some("identity", field.role.and_then(|role| identity(krate, role)));
    let flags = [
        set("future_date", field.role == Some(Role::ScheduledAt)),
        set("hidden", attributes.hidden),
        set("may_be_skipped", field.may_be_skipped),
    ];
    quote! {
        #krate::__private::Row {
            name: #name,
            title: #title,
            ty: #ty,
            #(#texts)* #format #default #examples #identity #(#flags)*
            ..#krate::__private::REST
        }
    }
}

/// The type's constant, asked for with what the field's place needs; the errors of the question
/// point at the type. The same question twice gives the same error, which the compiler says once.
fn type_expression(
    krate: &Path,
    field: &Field<'_>,
    ty: &impl ToTokens,
    level: Level,
) -> TokenStream {
    if let Some(with) = field.with {
        let constant = with_constant(with);
        return quote!(&#krate::__private::#constant);
    }
    let attributes = &field.attributes;
    let has_format = attributes.format.is_some();
    let has_example = attributes.example_written;
    let span = ty.span();
    let krate = respan(krate, span);
    let place = match field.role {
        _ if level == Level::Newtype => {
            return quote_spanned!(span=> <#ty as #krate::Property>::TYPE);
        }
        _ if field.flattened => quote!(flattened),
        Some(Role::ScheduledAt) if has_format => quote!(required_text),
        Some(Role::ScheduledAt) => quote!(scheduled_at),
        Some(_) if !has_format => quote!(identity),
        _ if has_format || (has_example && field.looks_like_text()) => quote!(text),
        _ => match (level, has_example) {
            (Level::First, true) => quote!(property_with_example),
            (Level::First, false) => quote!(property),
            (_, false) => quote!(member),
            (_, true) => quote!(member_with_example),
        },
    };
    let place = respan(place, span);
    quote_spanned!(span=> #krate::__private::#place::<#ty>())
}

fn with_constant(with: With) -> TokenStream {
    match with {
        With::Rfc3339 => quote!(RFC3339),
        With::Rfc3339Option => quote!(RFC3339_OPTION),
        With::Decimal => quote!(DECIMAL),
        With::DecimalOption => quote!(DECIMAL_OPTION),
        With::Refused => quote!(REFUSED),
    }
}

fn identity(krate: &Path, role: Role) -> Option<TokenStream> {
    let identity = match role {
        Role::ScheduledAt => return None,
        Role::Contact => quote!(Contact),
        Role::Member => quote!(Member),
        Role::Visitor => quote!(Visitor),
        Role::User => quote!(User),
    };
    Some(quote!(#krate::schema::Identity::#identity))
}

fn format(krate: &Path, format: Format) -> TokenStream {
    let variant = syn::Ident::new(&format!("{format:?}"), Span::call_site());
    quote!(#krate::schema::Format::#variant)
}

fn examples(krate: &Path, examples: &[Literal]) -> Option<TokenStream> {
    let examples: Vec<_> = examples.iter().map(|example| example.expand(krate)).collect();
    (!examples.is_empty()).then(|| quote!(examples: &[#(#examples),*],))
}

fn some(key: &str, value: Option<impl ToTokens>) -> Option<TokenStream> {
    let key = syn::Ident::new(key, Span::call_site());
    value.map(|value| quote!(#key: ::core::option::Option::Some(#value),))
}

fn set(key: &str, is_set: bool) -> Option<TokenStream> {
    let key = syn::Ident::new(key, Span::call_site());
    is_set.then(|| quote!(#key: true,))
}

pub(super) fn option(value: Option<impl ToTokens>) -> TokenStream {
    match value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    }
}

/// The shape that a newtype passes on: its inner one, unless its field has a format or example.
pub(super) fn newtype_shape(krate: &Path, field: &Field<'_>) -> TokenStream {
    let shape = quote!(#krate::__private::shape);
    if let Some(with) = field.with {
        return match with {
            With::Rfc3339 => quote!(#shape::DateTime),
            With::Rfc3339Option => quote!(#shape::Optional<#shape::DateTime>),
            With::Decimal => quote!(#shape::Scalar),
            With::DecimalOption => quote!(#shape::Optional<#shape::Scalar>),
            With::Refused => quote!(#shape::Unknown),
        };
    }
    let ty = field.ty;
    let krate_there = respan(krate, ty.span());
    let inner = quote_spanned!(ty.span()=> <#ty as #krate_there::Property>::Shape);
    match field.format() {
        Some(Format::Uuid) => quote!(<#inner as #shape::PlainText>::As<#shape::UuidText>),
        Some(Format::DateTime) => quote!(<#inner as #shape::PlainText>::As<#shape::DateTime>),
        Some(_) => quote!(<#inner as #shape::PlainText>::As<#shape::Scalar>),
        None if field.attributes.example_written => quote!(<#inner as #shape::WithExample>::Shape),
        None => inner,
    }
}

pub(super) fn newtype_type(krate: &Path, field: &Field<'_>) -> TokenStream {
    let inner = type_expression(krate, field, field.ty, Level::Newtype);
    let format = option(field.format().map(|known| format(krate, known)));
    let example = option(field.attributes.examples.first().map(|value| value.expand(krate)));
    quote!(#krate::__private::newtype(#inner, #format, #example))
}

/// A constant for each example and default that the field's tokens leave open.
pub(super) fn checks(
    container: &Container<'_>,
    field: &Field<'_>,
    level: Level,
) -> Vec<TokenStream> {
    if is_judged_here(field) || field.flattened {
        return Vec::new();
    }
    let values = field.attributes.examples.iter().chain(&field.attributes.default);
    values
        .map(|value| {
            let span = value.span();
            let ty = lifetimes::to_static(container.generics, field.ty);
            let ty = type_expression(&container.krate, field, &ty, level);
            let literal = respan(value.expand(&container.krate), span);
            let krate = respan(&container.krate, span);
            quote_spanned! {span=>
                const _: () = #krate::__private::literal_fits(#ty, &#literal);
            }
        })
        .collect()
}

/// The same tokens at another place: an error in constant evaluation points at the call only if
/// every token of it stands there.
pub(super) fn respan(tokens: impl ToTokens, span: Span) -> TokenStream {
    tokens
        .to_token_stream()
        .into_iter()
        .map(|token| match token {
            TokenTree::Group(group) => {
                let mut group = Group::new(group.delimiter(), respan(group.stream(), span));
                group.set_span(span);
                group.into()
            }
            mut token => {
                token.set_span(span);
                token
            }
        })
        .collect()
}

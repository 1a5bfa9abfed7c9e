//! What a field's type is asked for, and what is left to judge about the field.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;
use trigger_dialect::Format;

use super::{lifetimes, text};
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

/// The type's constant, asked for with what the field's place needs; the errors of the question
/// point at the type. The same question twice gives the same error, which the compiler says once.
pub(super) fn type_expression(
    krate: &str,
    field: &Field<'_>,
    ty: &impl ToTokens,
    level: Level,
) -> TokenStream {
    if let Some(with) = field.with {
        return text::tokens(&format!("&{krate}::__private::{}", with_constant(with)));
    }
    let question = match place(field, level).filter(|_| !lacks_example(field)) {
        Some(place) => format!("as {krate}::__private::place::{place}>::TYPE"),
        None => format!("as {krate}::Property>::TYPE"),
    };
    [text::tokens("<"), ty.to_token_stream(), text::tokens(&question)].into_iter().collect()
}

/// `number: String`, which is wrong wherever it stands.
///
/// The compiler tells the same mistake of the same type once in a body, so each such field is
/// asked in a constant of its own.
fn lacks_example(field: &Field<'_>) -> bool {
    let attributes = &field.attributes;
    let is_plain = field.role.is_none() && field.with.is_none() && !field.flattened;
    is_plain && field.looks_like_text && attributes.format.is_none() && !attributes.example_written
}

/// The trait of the field's place; none where that is not known.
pub(super) fn place(field: &Field<'_>, level: Level) -> Option<&'static str> {
    let attributes = &field.attributes;
    let has_format = attributes.format.is_some();
    let has_example = attributes.example_written;
    Some(match field.role {
        _ if level == Level::Newtype => return None,
        _ if field.flattened => "Flattened",
        Some(Role::ScheduledAt) if has_format => "RequiredText",
        Some(Role::ScheduledAt) => "ScheduledAt",
        Some(_) if !has_format => "Identity",
        _ if has_format || (has_example && field.looks_like_text) => "Text",
        _ => match (level, has_example) {
            (Level::First, true) => "PropertyWithExample",
            (Level::First, false) => "Property",
            (_, false) => "Member",
            (_, true) => "MemberWithExample",
        },
    })
}

fn with_constant(with: With) -> &'static str {
    match with {
        With::Rfc3339 => "RFC3339",
        With::Rfc3339Option => "RFC3339_OPTION",
        With::Decimal => "DECIMAL",
        With::DecimalOption => "DECIMAL_OPTION",
        With::Refused => "REFUSED",
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
    let inner = type_expression(&text::of_crate(krate), field, field.ty, Level::Newtype);
    let format = text::option(field.format().map(text::format_path));
    let example = text::option(field.attributes.examples.first().map(text::literal));
    quote!(__trigger::newtype(#inner, #format, #example))
}

/// A constant for each example and default that the field's tokens leave open, or for the example
/// that it lacks.
pub(super) fn checks(
    container: &Container<'_>,
    field: &Field<'_>,
    level: Level,
) -> Vec<TokenStream> {
    if lacks_example(field) {
        return question_alone(container, field, level).into_iter().collect();
    }
    if is_judged_here(field) || field.flattened {
        return Vec::new();
    }
    let values = field.attributes.examples.iter().chain(&field.attributes.default);
    values
        .map(|value| {
            let span = value.span();
            let ty = lifetimes::to_static(container.generics, field.ty);
            let ty = type_expression(&text::of_crate(&container.krate), field, &ty, level);
            let literal = respan(text::tokens(&text::literal(value)), span);
            let krate = respan(&container.krate, span);
            quote_spanned! {span=>
                #[allow(unused_imports, unused_qualifications)]
                const _: () = {
                    use #krate::__private as __trigger;
                    __trigger::literal_fits(#ty, &#literal)
                };
            }
        })
        .collect()
}

/// The type asked for in a constant that holds nothing else.
fn question_alone(
    container: &Container<'_>,
    field: &Field<'_>,
    level: Level,
) -> Option<TokenStream> {
    let place = place(field, level)?;
    let krate = text::of_crate(&container.krate);
    let ty = lifetimes::to_static(container.generics, field.ty);
    let parts = [
        text::tokens(&format!(
            "#[allow(unused_qualifications)]const _:&'static {krate}::schema::TypeSpec=<"
        )),
        ty,
        text::tokens(&format!(" as {krate}::__private::place::{place}>::TYPE;")),
    ];
    Some(parts.into_iter().collect())
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

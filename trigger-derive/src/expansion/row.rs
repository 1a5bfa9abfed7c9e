//! What a field's type is asked for, and what is left to judge about the field.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};

use super::spans::respan;
use super::{lifetimes, static_type, text};
use crate::literal::Literal;
use crate::model::{Container, Field, Role};
use crate::rules::is_judged_here;
use crate::serde_attributes::With;

/// Where the properties of a struct stand.
#[derive(Clone, Copy)]
pub(super) enum Level {
    First,
    Second,
    /// In a newtype: where that stands is not known here.
    Newtype,
}

/// The type's constant, asked for with what the field's place needs; the errors of the question
/// point at the type. It is asked once: two of the same errors would be told.
pub(super) fn type_expression(
    krate: &str,
    field: &Field<'_>,
    ty: &impl ToTokens,
    level: Level,
) -> TokenStream {
    if let Some(with) = field.with {
        return with_expression(krate, with);
    }
    let place = place(field, level);
    let question = format!("as {krate}::__private::place::{place:?}<{}>>::TYPE", field.index);
    [text::tokens("<"), asked(field, ty, place), text::tokens(&question)].into_iter().collect()
}

/// The type, where an error about it belongs.
fn asked(field: &Field<'_>, ty: impl ToTokens, place: Place) -> TokenStream {
    match (&field.attributes.format, place) {
        // It is the format that has no place.
        (Some((_, format)), Place::Text | Place::TextWithoutExample) => respan(ty, format.span()),
        _ => ty.to_token_stream(),
    }
}

/// The place of a field: a trait of `trigger_core`'s, by its name.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Place {
    Property,
    PropertyWithExample,
    Member,
    MemberWithExample,
    Flattened,
    Text,
    TextWithoutExample,
    RequiredText,
    Identity,
    ScheduledAt,
    EntityId,
}

pub(super) fn place(field: &Field<'_>, level: Level) -> Place {
    let attributes = &field.attributes;
    let has_format = attributes.format.is_some();
    let has_example = attributes.example_written;
    match field.role {
        _ if field.holds_entity_id => Place::EntityId,
        _ if field.flattened => Place::Flattened,
        Some(Role::ScheduledAt) if has_format => Place::RequiredText,
        Some(Role::ScheduledAt) => Place::ScheduledAt,
        Some(_) if !has_format => Place::Identity,
        // What looks like text was told that it needs an example.
        _ if has_format && !has_example && !field.looks_like_text() => Place::TextWithoutExample,
        _ if has_format || (has_example && field.looks_like_text()) => Place::Text,
        _ => match (level, has_example) {
            (Level::First, true) | (Level::Newtype, _) => Place::PropertyWithExample,
            (Level::First, false) => Place::Property,
            (Level::Second, false) => Place::Member,
            (Level::Second, true) => Place::MemberWithExample,
        },
    }
}

/// The type's constant for what leans on it, which no error comes of.
pub(super) fn known_type_expression(container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let krate = text::of_crate(&container.krate);
    if let Some(with) = field.with {
        return with_expression(&krate, with);
    }
    let answer = format!("{krate}::__private::answer");
    let head = format!("#[allow(unused_imports)]use {answer}::Otherwise as _;{answer}::Probe::<");
    text::braced([text::tokens(&head), static_type(container, field), text::tokens(">::TYPE")])
}

fn with_expression(krate: &str, with: With) -> TokenStream {
    text::tokens(&format!("&{krate}::__private::{}", with_constant(with)))
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

/// Whether all of that is so of the types, as a type.
pub(super) fn answer(
    container: &Container<'_>,
    questions: &[(&dyn ToTokens, &str)],
) -> TokenStream {
    let krate = &container.krate;
    let answer = quote!(#krate::__private::answer);
    let questions = questions.iter().map(|(ty, question)| {
        // A constant in a type takes no lifetimes but this one.
        let ty = lifetimes::to_static(container, ty);
        let question = Ident::new(question, Span::call_site());
        quote!(#answer::Probe::<#ty>::#question)
    });
    quote! {
        #answer::Answer<{
            #[allow(unused_imports)]
            use #answer::Otherwise as _;
            #(#questions)&&*
        }>
    }
}

/// A constant for each example and default that the field's tokens leave open.
pub(super) fn checks(container: &Container<'_>, field: &Field<'_>) -> Vec<TokenStream> {
    if is_judged_here(field) || field.flattened {
        return Vec::new();
    }
    let values = field.attributes.examples.iter().chain(&field.attributes.default);
    values.map(|value| value_check(container, field, value, "literal_fits")).collect()
}

/// A constant for each value that the field lists, and for what is said of its items.
pub(super) fn checks_of_property(container: &Container<'_>, field: &Field<'_>) -> Vec<TokenStream> {
    if field.flattened {
        return Vec::new();
    }
    // With a format, the tokens tell.
    let choice = field.attributes.choice.iter().filter(|_| field.format().is_none());
    let choice = choice.flat_map(|choice| &choice.values);
    let choice = choice.map(|it| value_check(container, field, &it.value, "choice_fits"));
    let items = field.attributes.items.iter().map(|(name, _)| {
        let (ty, span) = (known_type_expression(container, field), name.span());
        check(container, span, &quote_spanned!(span=> items_fit(#ty)))
    });
    choice.chain(items).collect()
}

fn value_check(
    container: &Container<'_>,
    field: &Field<'_>,
    value: &Literal,
    function: &str,
) -> TokenStream {
    let span = value.span();
    let ty = known_type_expression(container, field);
    let literal = respan(text::tokens(&text::literal(value)), span);
    let function = Ident::new(function, span);
    check(container, span, &quote_spanned!(span=> #function(#ty, &#literal)))
}

/// A constant that asks a function of `trigger_core`'s, whose errors point at `span`.
pub(super) fn check(container: &Container<'_>, span: Span, call: &TokenStream) -> TokenStream {
    let krate = respan(&container.krate, span);
    quote_spanned! {span=>
        #[allow(deprecated, unused_imports, unused_qualifications)]
        const _: () = {
            use #krate::__private as __trigger;
            __trigger::#call
        };
    }
}

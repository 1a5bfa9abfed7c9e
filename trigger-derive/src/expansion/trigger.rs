//! What `derive(Trigger)` writes: one `impl`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, Generics, parse_quote};

use super::outline::{Literals, Outline};
use super::row::{Level, Place, answer, check};
use super::spans::respan;
use super::{checks, known, lifetimes, names_differ, text, types};
use crate::attributes::Claims;
use crate::literal::Literal;
use crate::model::{Container, EntityId, Field, Trigger, Unread, plain};

/// `is_valid` tells whether the trigger may be registered: nobody exports one with mistakes.
pub(crate) fn trigger(trigger: &Trigger<'_>, is_valid: bool) -> TokenStream {
    let container = &trigger.container;
    let fields = &trigger.fields;
    let Container { ident, generics, krate: path, .. } = container;
    let krate = &text::of_crate(path);
    let places = known::places(fields);
    let known: Vec<_> = places.iter().map(Option::is_some).collect();
    let registration = if is_valid { registration(krate, container) } else { String::new() };
    let open = fields.iter().zip(&known).filter(|(_, known)| !**known).map(|(field, _)| field);
    let types = types(krate, open, Level::First);
    let kind = kind(krate, trigger.claims, fields.len());
    let outline = outline(krate, ident, &registration, Outline::of_trigger(trigger, &known));
    let items = [
        text::tokens(&(kind + &outline)),
        known_types(krate, ident, fields, &places),
        asked_types(krate, types),
        entity_id(krate, trigger.claims, trigger.entity_id.as_ref()),
        cancels(trigger),
    ];
    let implementation = implementation(container, items);
    let any = lifetimes::elided(generics);
    let skipped_id = trigger.entity_id.as_ref().filter(|id| !id.is_in_payload);
    let output = [
        implementation,
        skipped_id.map(|id| skipped_entity_id(container, id)).unwrap_or_default(),
        checks(container, fields),
        payload_checks(trigger),
        names_differ(container, fields, || quote!(#path::__private::outline_of::<#ident #any>())),
    ];
    text::with_crate(path, output.into_iter().collect())
}

/// What stands in for an implementation that could not be made, so that its absence is not a
/// second mistake.
pub(crate) fn trigger_stub(input: &DeriveInput, unread: Unread) -> TokenStream {
    let Unread { krate: path, claims } = unread;
    let container = Container { lacks_serialize: true, ..Container::new(input, path) };
    let krate = &text::of_crate(&container.krate);
    let ident = &input.ident;
    let texts = kind(krate, claims, 0) + &outline(krate, ident, "", Outline::of_stub());
    let items =
        [text::tokens(&texts), known_types(krate, ident, &[], &[]), entity_id(krate, claims, None)];
    text::with_crate(&container.krate, implementation(&container, items))
}

fn implementation(
    container: &Container<'_>,
    items: impl IntoIterator<Item = TokenStream>,
) -> TokenStream {
    let Container { ident, krate, .. } = container;
    let generics = if container.has_parameters() || container.lacks_serialize {
        &if_serialized(container)
    } else {
        container.generics
    };
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    // `cancels(Borrowed)` is as clear as `cancels(Borrowed<'_>)`.
    let head = format!(
        "#[automatically_derived]\
         #[diagnostic::do_not_recommend]\
         #[allow(deprecated,elided_lifetimes_in_paths,unused_qualifications)]\
         impl{} {}::Trigger for",
        text::of(&impl_generics),
        text::of_crate(krate)
    );
    let mut output = text::tokens(&head);
    // With its own place in the source, which errors about the struct point at.
    ident.to_tokens(&mut output);
    ty_generics.to_tokens(&mut output);
    where_clause.to_tokens(&mut output);
    output.extend(text::braced(items));
    output
}

/// The generics of a struct that may lack `Serialize` because of a mistake that is told already:
/// with a lifetime of its own, the condition is one that the compiler does not judge at once.
fn if_serialized(container: &Container<'_>) -> Generics {
    let mut generics = container.generics.clone();
    let krate = &container.krate;
    let condition = parse_quote!(for<'__any> Self: #krate::__private::DerivesSerialize);
    generics.make_where_clause().predicates.push(condition);
    generics
}

fn kind(krate: &str, claims: Claims, properties: usize) -> String {
    let at = if claims.is_scheduled { "AtDate" } else { "RealTime" };
    let mut kind = format!("{krate}::__private::{at}<{properties}>");
    if claims.cancels_others {
        kind = format!("{krate}::__private::WithCancels<{kind}>");
    }
    format!("type Kind={kind};")
}

/// All that is said, and the static that registers the trigger.
fn outline(krate: &str, ident: &Ident, registration: &str, outline: Outline) -> String {
    let ident = plain(ident);
    let Literals { text, parts, values } = outline.finish();
    let values = if values.is_empty() {
        String::new()
    } else {
        let ty = format!("&'static [{krate}::schema::Literal]");
        format!("const VALUES: {ty}={{use {krate}::__private as __trigger;&[{values}]}};")
    };
    let outline = format!("{krate}::__private::TriggerOutline");
    format!(
        "{values}const OUTLINE: {outline}={{{registration}{outline}{{\
             text:{text},parts:{parts},\
             rust_type: ::core::concat!(::core::module_path!(),\"::{ident}\")\
         }}}};"
    )
}

/// The static that the registry finds: `linkme`'s, without the checks that its own attribute
/// writes for hand-written ones: they cost the compiler several times what the static does.
fn registration(krate: &str, container: &Container<'_>) -> String {
    let Container { ident, generics, .. } = container;
    let any = text::of(&lifetimes::elided(generics));
    format!(
        "{krate}::__private::TRIGGERS!{{\
             #![linkme_macro={krate}::__private::TRIGGERS]\
             static TRIGGER:fn()->&'static {krate}::schema::TriggerSpec=\
                 {krate}::__private::spec::<{ident}{any}>;\
         }}"
    )
}

/// The types that are known by their names, asked for at once.
fn known_types(
    krate: &str,
    ident: &Ident,
    fields: &[Field<'_>],
    places: &[Option<Place>],
) -> TokenStream {
    let known = fields.iter().zip(places).filter_map(|(field, place)| Some((field, (*place)?)));
    let mut before = "";
    let mut list = Vec::with_capacity(2 * fields.len() + 1);
    for (field, place) in known {
        list.push(text::tokens(&format!("{before}{krate}::__private::known::{place:?}<")));
        list.push(field.ty.to_token_stream());
        before = ">,";
    }
    list.push(text::tokens(before));
    let types = text::tuple(list, ident.span());
    [text::tokens("type Known="), types, text::tokens(";")].into_iter().collect()
}

/// All other types.
fn asked_types(krate: &str, asked: Vec<TokenStream>) -> TokenStream {
    if asked.is_empty() {
        return TokenStream::new();
    }
    let ty = format!("&'static [&'static {krate}::schema::TypeSpec]");
    let list = text::bracketed(text::separated(asked));
    [text::tokens(&format!("const ASKED: {ty}=&")), list, text::tokens(";")].into_iter().collect()
}

/// The field that events are canceled by.
fn entity_id(krate: &str, claims: Claims, id: Option<&EntityId<'_>>) -> TokenStream {
    let Some(EntityId { member, ty, .. }) = id else {
        let none = if claims.is_cancelable {
            format!("EntityIdField<{krate}::__private::Uuid>")
        } else {
            "NoEntityId".to_owned()
        };
        return text::tokens(&format!("type EntityIdField={krate}::__private::{none};"));
    };
    let field = format!("type EntityIdField={krate}::__private::EntityIdField<");
    let method =
        format!(">;fn entity_id_field(&self)->::core::option::Option<{krate}::__private::Uuid>");
    // The type is asked for as that of a property.
    let [before, after] = if known::is_right(ty, Place::EntityId) {
        ["<".to_owned(), format!(" as {krate}::Property>::")]
    } else {
        let answer = format!("{krate}::__private::answer");
        let import = format!("#[allow(unused_imports)]use {answer}::Otherwise as _;");
        [format!("{import}{answer}::Probe::<"), ">::".to_owned()]
    };
    let call = format!("{after}uuid(&self.{})", text::of(member));
    let body = text::braced([text::tokens(&before), ty.to_token_stream(), text::tokens(&call)]);
    [text::tokens(&field), ty.to_token_stream(), text::tokens(&method), body].into_iter().collect()
}

/// The type of an entity id that stands in no payload, asked for on its own.
fn skipped_entity_id(container: &Container<'_>, id: &EntityId<'_>) -> TokenStream {
    let krate = text::of_crate(&container.krate);
    let ty = lifetimes::to_static(container, id.ty);
    let head = format!(
        "#[allow(deprecated,unused_qualifications)]const _:&'static {krate}::schema::TypeSpec=<"
    );
    let question = format!(" as {krate}::__private::place::EntityId<0>>::TYPE;");
    [text::tokens(&head), ty, text::tokens(&question)].into_iter().collect()
}

/// A constant for each value of the payload as a whole.
fn payload_checks(trigger: &Trigger<'_>) -> TokenStream {
    let Trigger { container, payload, .. } = trigger;
    if container.has_parameters() {
        return TokenStream::new();
    }
    let Container { ident, generics, .. } = container;
    let any = lifetimes::elided(generics);
    let examples = payload.examples.iter().map(|value| (value, quote!(payload_fits)));
    let default = payload.default.iter().map(|value| (value, quote!(payload_default_fits)));
    let check = |(value, function): (&Literal, TokenStream)| {
        let span = value.span();
        let literal = respan(text::tokens(&text::literal(value)), span);
        let function = respan(function, span);
        let call = quote_spanned!(span=> #function::<#ident #any>(&#literal));
        check(container, span, &call)
    };
    examples.chain(default).map(check).collect()
}

/// `cancels(InvoiceDue)`, asked for at its place in the source.
fn cancels(trigger: &Trigger<'_>) -> TokenStream {
    if trigger.cancels.is_empty() {
        return TokenStream::new();
    }
    let krate = &trigger.container.krate;
    let canceled = trigger.cancels.iter().map(|canceled| {
        let span = canceled.span();
        let krate = respan(krate, span);
        let place = match &trigger.entity_id {
            Some(EntityId { ty, .. }) => {
                let are_right = answer(
                    &trigger.container,
                    &[(ty, "IS_ENTITY_ID"), (canceled, "HAS_ENTITY_ID")],
                );
                quote!(CanceledBy<#ty, #are_right>)
            }
            None => quote!(CanceledByAny),
        };
        quote_spanned!(span=> <#canceled as #krate::__private::#place>::CANCELED)
    });
    let ty = quote!(&'static [fn() -> &'static #krate::schema::TriggerSpec]);
    quote!(const CANCELS: #ty = &[#(#canceled),*];)
}

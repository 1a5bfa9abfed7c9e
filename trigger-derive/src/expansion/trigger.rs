//! What `derive(Trigger)` writes: one `impl`.

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use super::outline::{Literals, Outline};
use super::row::{Level, respan};
use super::{checks, known, lifetimes, names_differ, text, types};
use crate::model::{Container, EntityId, Field, Role, Trigger, plain};

/// `is_valid` tells whether the trigger may be registered: nobody exports one with mistakes.
pub(crate) fn trigger(trigger: &Trigger<'_>, is_valid: bool) -> TokenStream {
    let container = &trigger.container;
    let fields = &trigger.fields;
    let Container { ident, generics, krate: path } = container;
    let krate = &text::of_crate(path);
    let places = known::places(fields);
    let known: Vec<_> = places.iter().map(Option::is_some).collect();
    let registration = if is_valid { registration(krate, container) } else { String::new() };
    let is_scheduled = fields.iter().any(|field| field.role == Some(Role::ScheduledAt));
    let kind = kind(krate, if is_scheduled { "AtDate" } else { "RealTime" }, fields.len());
    let outline = outline(krate, ident, &registration, Outline::of_trigger(trigger, &known));
    let items = [
        text::tokens(&(kind + &outline)),
        known_types(krate, ident, fields, &places),
        asked_types(krate, fields, &known),
        entity_id(krate, trigger.entity_id.as_ref()),
        cancels(trigger),
    ];
    let implementation = implementation(krate, container, items);
    let checks = checks(container, fields, Level::First);
    let any = lifetimes::elided(generics);
    let names = names_differ(path, fields, || quote!(#path::__private::rows_of::<#ident #any>()));
    text::with_crate(path, [implementation, checks, names].into_iter().collect())
}

/// What stands in for an implementation that could not be made, so that its absence is not a
/// second mistake.
pub(crate) fn trigger_stub(ident: &Ident, generics: &syn::Generics, path: &Path) -> TokenStream {
    let container = Container { ident, generics, krate: path.clone() };
    let krate = &text::of_crate(path);
    let texts = kind(krate, "RealTime", 0) + &outline(krate, ident, "", Outline::of_stub());
    let items = [text::tokens(&texts), known_types(krate, ident, &[], &[]), entity_id(krate, None)];
    text::with_crate(path, implementation(krate, &container, items))
}

fn implementation(
    krate: &str,
    container: &Container<'_>,
    items: impl IntoIterator<Item = TokenStream>,
) -> TokenStream {
    let Container { ident, generics, .. } = container;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let [impl_generics, ty_generics] = [text::of(&impl_generics), text::of(&ty_generics)];
    let where_clause = text::of(&where_clause);
    // `cancels(Borrowed)` is as clear as `cancels(Borrowed<'_>)`.
    let head = format!(
        "#[automatically_derived]\
         #[allow(deprecated,elided_lifetimes_in_paths,unused_qualifications)]\
         impl{impl_generics} {krate}::Trigger for {ident}{ty_generics} {where_clause}"
    );
    [text::tokens(&head), text::braced(items)].into_iter().collect()
}

fn kind(krate: &str, kind: &str, properties: usize) -> String {
    format!("type Kind={krate}::__private::{kind}<{properties}>;")
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
    places: &[Option<&'static str>],
) -> TokenStream {
    let known = fields.iter().zip(places).filter_map(|(field, place)| Some((field, (*place)?)));
    let mut before = "";
    let mut list = Vec::with_capacity(2 * fields.len() + 1);
    for (field, place) in known {
        list.push(text::tokens(&format!("{before}{krate}::__private::known::{place}<")));
        list.push(field.ty.to_token_stream());
        before = ">,";
    }
    list.push(text::tokens(before));
    let types = text::tuple(list, ident.span());
    [text::tokens("type Known="), types, text::tokens(";")].into_iter().collect()
}

/// All other types, each asked for at its place in the source.
fn asked_types(krate: &str, fields: &[Field<'_>], known: &[bool]) -> TokenStream {
    let asked = fields.iter().zip(known).filter(|(_, known)| !**known).map(|(field, _)| field);
    let asked = types(krate, asked, Level::First);
    if asked.is_empty() {
        return TokenStream::new();
    }
    let ty = format!("&'static [&'static {krate}::schema::TypeSpec]");
    let list = text::bracketed(text::separated(asked));
    [text::tokens(&format!("const ASKED: {ty}=&")), list, text::tokens(";")].into_iter().collect()
}

/// The field that events are canceled by.
fn entity_id(krate: &str, id: Option<&EntityId<'_>>) -> TokenStream {
    let Some(EntityId { member, ty, .. }) = id else {
        return text::tokens(&format!("type EntityIdField={krate}::__private::NoEntityId;"));
    };
    let method = format!(
        ";fn entity_id_field(&self)->::core::option::Option<&Self::EntityIdField>{{\
             ::core::option::Option::Some(&self.{})\
         }}",
        text::of(member)
    );
    let items = [text::tokens("type EntityIdField="), ty.to_token_stream(), text::tokens(&method)];
    items.into_iter().collect()
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
        match &trigger.entity_id {
            Some(EntityId { ty, .. }) => {
                quote_spanned!(span=> #krate::__private::cancels::<#canceled, #ty>())
            }
            None => quote_spanned!(span=> #krate::__private::cancels_any::<#canceled>()),
        }
    });
    let ty = quote!(&'static [fn() -> &'static #krate::schema::TriggerSpec]);
    quote!(const CANCELS: #ty = &[#(#canceled),*];)
}

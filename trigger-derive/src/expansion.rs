//! What the derives write: constant tables that read one constant for each field's type.
//!
//! By columns: texts, types and what else was said, because a row that is a struct costs the
//! compiler more than all that it says. One more constant comes only for what a field's tokens
//! leave open.

mod lifetimes;
mod row;
mod text;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::model::{Container, EntityId, Field, Property, Role, Trigger, location, plain};
use row::{Level, respan};
use text::List;

/// `is_valid` tells whether the trigger may be registered: nobody exports one with mistakes.
pub(crate) fn trigger(trigger: &Trigger<'_>, is_valid: bool) -> TokenStream {
    let Container { ident, generics, krate } = &trigger.container;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let registration = is_valid.then(|| registration(trigger));
    let texts = trigger_texts(trigger);
    let types = types(krate, &trigger.fields, Level::First);
    let keywords = trigger_keywords(trigger);
    let scheduled = trigger.fields.iter().any(|field| field.role == Some(Role::ScheduledAt));
    let scheduled = scheduled.then(|| {
        quote! {
            #[automatically_derived]
            #[allow(deprecated)]
            impl #impl_generics #krate::Scheduled for #ident #ty_generics #where_clause {}
        }
    });
    let cancelable = trigger.entity_id.as_ref().map(|id| cancelable(trigger, id));
    let checks = checks(&trigger.container, &trigger.fields, Level::First);
    let any = lifetimes::elided(generics);
    let table = quote!(#krate::__private::table_of::<#ident #any>());
    let names = names_differ(krate, &trigger.fields, &table);
    quote! {
        #[automatically_derived]
        // `cancels(Borrowed)` is as clear as `cancels(Borrowed<'_>)`.
        #[allow(deprecated, elided_lifetimes_in_paths, unused_qualifications)]
        impl #impl_generics #krate::Trigger for #ident #ty_generics #where_clause {
            const TEXTS: &'static [&'static str] = { #registration &[#texts] };
            const TYPES: &'static [&'static #krate::schema::TypeSpec] = &[#types];
            const KEYWORDS: &'static [(usize, #krate::__private::Keyword)] = #keywords;
        }
        #scheduled
        #cancelable
        #checks
        #names
    }
}

fn trigger_texts(trigger: &Trigger<'_>) -> TokenStream {
    let ident = plain(trigger.container.ident);
    let mut texts = List::default();
    texts.push_str(&trigger.key);
    texts.push_str(&trigger.name);
    texts.push_str(trigger.description.as_deref().unwrap_or_default());
    texts.push(format_args!("::core::concat!(::core::module_path!(), \"::{ident}\")"));
    texts.push("::core::env!(\"CARGO_PKG_NAME\")");
    texts.push_str(&location(trigger.container.ident));
    for field in &trigger.fields {
        text::push_texts(&mut texts, field);
    }
    texts.into_tokens()
}

/// The types, each asked for at its place in the source.
fn types(krate: &Path, fields: &[Field<'_>], level: Level) -> TokenStream {
    let types = fields.iter().map(|field| row::type_expression(krate, field, field.ty, level));
    quote!(#(#types),*)
}

/// The keywords of the fields, and then those of the trigger.
fn trigger_keywords(trigger: &Trigger<'_>) -> TokenStream {
    let count = trigger.fields.len();
    let mut keywords = List::default();
    for (index, field) in trigger.fields.iter().enumerate() {
        text::push_keywords(&mut keywords, index, field);
        if let Some(id) = trigger.entity_id.as_ref().filter(|id| id.is(field)) {
            push_entity_id(&mut keywords, index, id);
        }
    }
    if let Some(id) = trigger.entity_id.as_ref().filter(|id| id.property.is_none()) {
        push_entity_id(&mut keywords, count, id);
    }
    let krate = &trigger.container.krate;
    let cancels = trigger.cancels.iter().map(|path| cancels(krate, trigger, path));
    let cancels = quote!(#((#count, #krate::__private::Keyword::Cancels(#cancels)),)*);
    keyword_slice(krate, keywords, &cancels)
}

fn push_entity_id(keywords: &mut List, index: usize, id: &EntityId<'_>) {
    let field = plain(id.ident);
    keywords.push(format_args!("({index},__trigger::Keyword::EntityId({field:?}))"));
}

fn keyword_slice(krate: &Path, keywords: List, more: &TokenStream) -> TokenStream {
    if keywords.is_empty() && more.is_empty() {
        return quote!(&[]);
    }
    let keywords = keywords.into_tokens();
    quote!({ use #krate::__private as __trigger; &[#keywords #more] })
}

/// The static that the registry finds: `linkme`'s, without the checks that its own attribute
/// writes for hand-written ones. They cost the compiler more than the rest of a trigger.
fn registration(trigger: &Trigger<'_>) -> TokenStream {
    let Container { ident, generics, krate } = &trigger.container;
    let any = lifetimes::elided(generics);
    quote! {
        #krate::__private::TRIGGERS! {
            #![linkme_macro = #krate::__private::TRIGGERS]
            static TRIGGER: fn() -> &'static #krate::schema::TriggerSpec =
                #krate::__private::spec::<#ident #any>;
        }
    }
}

fn cancelable(trigger: &Trigger<'_>, id: &EntityId<'_>) -> TokenStream {
    let Container { ident, generics, krate } = &trigger.container;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let EntityId { ident: field, ty, .. } = id;
    let krate_there = respan(krate, ty.span());
    let uuid = quote_spanned!(ty.span()=> #krate_there::__private::uuid::<#ty>(&self.#field));
    quote! {
        #[automatically_derived]
        #[allow(deprecated)]
        impl #impl_generics #krate::Cancelable for #ident #ty_generics #where_clause {
            type EntityId = #ty;
            fn entity_id(&self) -> #krate::__private::Uuid {
                #uuid
            }
        }
    }
}

fn cancels(krate: &Path, trigger: &Trigger<'_>, canceled: &Path) -> TokenStream {
    let span = canceled.span();
    let krate = respan(krate, span);
    match &trigger.entity_id {
        Some(EntityId { ty, .. }) => {
            quote_spanned!(span=> #krate::__private::cancels::<#canceled, #ty>())
        }
        None => quote_spanned!(span=> #krate::__private::cancels_any::<#canceled>()),
    }
}

pub(crate) fn property(property: &Property<'_>) -> TokenStream {
    match property {
        Property::Object(container, fields) => object(container, fields),
        Property::Newtype(container, field) => newtype(container, field),
        Property::Enum(container, values) => enumeration(container, values),
    }
}

fn object(container: &Container<'_>, fields: &[Field<'_>]) -> TokenStream {
    let Container { ident, generics, krate } = container;
    let any = lifetimes::elided(generics);
    let mut texts = List::default();
    let mut keywords = List::default();
    for (index, field) in fields.iter().enumerate() {
        text::push_texts(&mut texts, field);
        text::push_keywords(&mut keywords, index, field);
    }
    let texts = texts.into_tokens();
    let types = types(krate, fields, Level::Second);
    let keywords = keyword_slice(krate, keywords, &TokenStream::new());
    let ty = quote! {
        __trigger::TypeSpec {
            properties: __trigger::Table::new(&[#texts], &[#types], #keywords),
            ..__trigger::OBJECT
        }
    };
    let implementation =
        property_impl(container, &quote!(#krate::__private::shape::Object), &ty, None);
    let checks = checks(container, fields, Level::Second);
    let table = quote!(<#ident #any as #krate::Property>::TYPE.properties);
    let names = names_differ(krate, fields, &table);
    quote!(#implementation #checks #names)
}

fn enumeration(container: &Container<'_>, values: &[String]) -> TokenStream {
    let krate = &container.krate;
    let mut list = List::default();
    values.iter().for_each(|value| list.push_str(value));
    let list = list.into_tokens();
    let example = values.first().map(|first| format!("__trigger::Literal::String({first:?})"));
    let example = text::option(example);
    let ty = quote! {
        __trigger::TypeSpec { values: &[#list], example: #example, ..__trigger::ENUM }
    };
    property_impl(container, &quote!(#krate::__private::shape::Scalar), &ty, None)
}

fn newtype(container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let krate = &container.krate;
    let inner = field.ty;
    let shape = row::newtype_shape(krate, field);
    let ty = row::newtype_type(krate, field);
    // A `with` module's type has no `Property` of its own to ask.
    let uuid = field.with.is_none().then(|| {
        let member =
            field.original.ident.as_ref().map_or_else(|| quote!(0), |ident| quote!(#ident));
        let krate_there = respan(krate, inner.span());
        let uuid = quote_spanned! {inner.span()=>
            <#inner as #krate_there::Property>::uuid(&self.#member)
        };
        quote! {
            fn uuid(&self) -> ::core::option::Option<#krate::__private::Uuid> {
                #uuid
            }
        }
    });
    let implementation = property_impl(container, &shape, &ty, uuid.as_ref());
    let checks = checks(container, std::slice::from_ref(field), Level::Newtype);
    quote!(#implementation #checks)
}

fn property_impl(
    container: &Container<'_>,
    shape: &TokenStream,
    ty: &TokenStream,
    uuid: Option<&TokenStream>,
) -> TokenStream {
    let Container { ident, generics, krate } = container;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        #[allow(deprecated, unused_qualifications)]
        #[diagnostic::do_not_recommend]
        impl #impl_generics #krate::Property for #ident #ty_generics #where_clause {
            type Shape = #shape;
            const TYPE: &'static #krate::schema::TypeSpec = {
                use #krate::__private as __trigger;
                &#ty
            };
            #uuid
        }
    }
}

/// A constant for each example and default that the tokens leave open.
fn checks(container: &Container<'_>, fields: &[Field<'_>], level: Level) -> TokenStream {
    fields.iter().flat_map(|field| row::checks(container, field, level)).collect()
}

/// A constant for each flattened field: its names differ from those around it.
fn names_differ(krate: &Path, fields: &[Field<'_>], table: &TokenStream) -> TokenStream {
    let fields = fields.iter().enumerate();
    fields
        .filter(|(_, field)| field.flattened)
        .map(|(index, field)| {
            let span = field.name_tokens().span();
            let krate = respan(krate, span);
            let table = respan(table, span);
            quote_spanned! {span=>
                #[allow(deprecated, unused_qualifications)]
                const _: () = #krate::__private::names_differ(#table, #index);
            }
        })
        .collect()
}

/// What stands in for an implementation that could not be made, so that its absence is not a
/// second mistake.
pub(crate) fn trigger_stub(ident: &Ident, generics: &syn::Generics, krate: &Path) -> TokenStream {
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    quote! {
        #[automatically_derived]
        impl #impl_generics #krate::Trigger for #ident #ty_generics #where_clause {
            const TEXTS: &'static [&'static str] = &["", "", "", "", "", ""];
            const TYPES: &'static [&'static #krate::schema::TypeSpec] = &[];
            const KEYWORDS: &'static [(usize, #krate::__private::Keyword)] = &[];
        }
    }
}

/// See [`trigger_stub`].
pub(crate) fn property_stub(ident: &Ident, generics: &syn::Generics, krate: &Path) -> TokenStream {
    let container = Container { ident, generics, krate: krate.clone() };
    property_impl(
        &container,
        &quote!(#krate::__private::shape::Unknown),
        &quote!(__trigger::OBJECT),
        None,
    )
}

//! What the derives write: constant tables whose rows read one constant for each field's type.
//!
//! A body (of a function or constant) costs the compiler far more than tokens do, so there is
//! one for the table, which holds the registration as well, and one more only for what the
//! field's tokens leave open.

mod lifetimes;
mod row;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::model::{Container, EntityId, Field, Property, Role, Trigger, line_of, plain};
use row::{Level, option, respan};

/// `is_valid` tells whether the trigger may be registered: nobody exports one with mistakes.
pub(crate) fn trigger(trigger: &Trigger<'_>, is_valid: bool) -> TokenStream {
    let Container { ident, generics, krate } = &trigger.container;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let key = &trigger.key;
    let name = &trigger.name;
    let description = option(trigger.description.as_ref());
    let rows = trigger.fields.iter().map(|field| row::row(krate, field, Level::First));
    let scheduled = trigger.fields.iter().find(|field| field.role == Some(Role::ScheduledAt));
    let scheduled_at = option(scheduled.map(|field| &field.name));
    let entity_id = option(trigger.entity_id.as_ref().map(|id| entity_id_spec(krate, id)));
    let cancels = trigger.cancels.iter().map(|path| cancels(krate, trigger, path));
    let plain_name = plain(ident);
    let line = line_of(ident);
    let registration = is_valid.then(|| registration(trigger));
    let scheduled = scheduled.map(|_| {
        quote! {
            #[automatically_derived]
            impl #impl_generics #krate::Scheduled for #ident #ty_generics #where_clause {}
        }
    });
    let cancelable = trigger.entity_id.as_ref().map(|id| cancelable(trigger, id));
    let any = lifetimes::elided(generics);
    let table = quote!(<#ident #any as #krate::Trigger>::SPEC.properties);
    let checks = checks(&trigger.container, &trigger.fields, Level::First);
    let names = names_differ(&trigger.container, &trigger.fields, &table);
    quote! {
        #[automatically_derived]
        // `cancels(Borrowed)` is as clear as `cancels(Borrowed<'_>)`.
        #[allow(elided_lifetimes_in_paths)]
        impl #impl_generics #krate::Trigger for #ident #ty_generics #where_clause {
            const SPEC: &'static #krate::schema::TriggerSpec = {
                #registration
                &#krate::schema::TriggerSpec {
                    key: #key,
                    name: #name,
                    description: #description,
                    properties: &[#(#rows),*],
                    scheduled_at: #scheduled_at,
                    entity_id: #entity_id,
                    cancels: &[#(#cancels),*],
                    rust_type: ::core::concat!(::core::module_path!(), "::", #plain_name),
                    package: ::core::env!("CARGO_PKG_NAME"),
                    file: ::core::file!(),
                    line: #line,
                }
            };
        }
        #scheduled
        #cancelable
        #checks
        #names
    }
}

/// The static that the registry finds.
fn registration(trigger: &Trigger<'_>) -> TokenStream {
    let Container { ident, generics, krate } = &trigger.container;
    let any = lifetimes::elided(generics);
    quote! {
        #[used]
        #[cfg_attr(any(target_os = "none", target_os = "linux", target_os = "android", target_os = "fuchsia", target_os = "psp"), unsafe(link_section = "linkme_TRIGGERS"))]
        static TRIGGER: fn() -> &'static #krate::schema::TriggerSpec =
            #krate::__private::spec::<#ident #any>;
    }
}

fn entity_id_spec(krate: &Path, id: &EntityId<'_>) -> TokenStream {
    let field = plain(id.ident);
    let property = option(id.property.as_ref());
    quote!(#krate::schema::EntityIdSpec { field: #field, property: #property })
}

fn cancelable(trigger: &Trigger<'_>, id: &EntityId<'_>) -> TokenStream {
    let Container { ident, generics, krate } = &trigger.container;
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let EntityId { ident: field, ty, .. } = id;
    let krate_there = respan(krate, ty.span());
    let uuid = quote_spanned!(ty.span()=> #krate_there::__private::uuid::<#ty>(&self.#field));
    quote! {
        #[automatically_derived]
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
    let rows = fields.iter().map(|field| row::row(krate, field, Level::Second));
    let ty = quote! {
        #krate::schema::TypeSpec { properties: &[#(#rows),*], ..#krate::__private::OBJECT }
    };
    let implementation =
        property_impl(container, &quote!(#krate::__private::shape::Object), &ty, None);
    let table = quote!(<#ident #any as #krate::Property>::TYPE.properties);
    let checks = checks(container, fields, Level::Second);
    let names = names_differ(container, fields, &table);
    quote!(#implementation #checks #names)
}

fn enumeration(container: &Container<'_>, values: &[String]) -> TokenStream {
    let krate = &container.krate;
    let first = option(values.first().map(|value| quote!(#krate::schema::Literal::String(#value))));
    let ty = quote! {
        #krate::schema::TypeSpec {
            values: &[#(#values),*],
            example: #first,
            ..#krate::__private::ENUM
        }
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
        #[diagnostic::do_not_recommend]
        impl #impl_generics #krate::Property for #ident #ty_generics #where_clause {
            type Shape = #shape;
            const TYPE: &'static #krate::schema::TypeSpec = &#ty;
            #uuid
        }
    }
}

/// A constant for each example and default that the tokens leave open.
fn checks(container: &Container<'_>, fields: &[Field<'_>], level: Level) -> TokenStream {
    fields.iter().flat_map(|field| row::checks(container, field, level)).collect()
}

/// A constant for each flattened field: its names differ from those around it.
fn names_differ(
    container: &Container<'_>,
    fields: &[Field<'_>],
    table: &TokenStream,
) -> TokenStream {
    let fields = fields.iter().enumerate();
    fields
        .filter(|(_, field)| field.flattened)
        .map(|(index, field)| {
            let span = field.name_tokens().span();
            let krate = respan(&container.krate, span);
            let table = respan(table, span);
            quote_spanned! {span=>
                const _: () = #krate::__private::names_differ(#table, #table[#index].ty);
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
            const SPEC: &'static #krate::schema::TriggerSpec = &#krate::__private::TRIGGER_STUB;
        }
    }
}

/// See [`trigger_stub`].
pub(crate) fn property_stub(ident: &Ident, generics: &syn::Generics, krate: &Path) -> TokenStream {
    let container = Container { ident, generics, krate: krate.clone() };
    property_impl(
        &container,
        &quote!(#krate::__private::shape::Unknown),
        &quote!(#krate::__private::OBJECT),
        None,
    )
}

//! What the derives write: two literals of what was said, and one constant for each field's type.
//!
//! Literals, because whatever is said in expressions costs the compiler several times the texts in
//! it. One more constant comes only for what a field's tokens leave open.

mod lifetimes;
mod outline;
mod row;
mod text;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::model::{Container, EntityId, Field, Property, Role, Trigger, plain};
use outline::{Literals, Outline};
use row::{Level, respan};
use text::List;

/// `is_valid` tells whether the trigger may be registered: nobody exports one with mistakes.
pub(crate) fn trigger(trigger: &Trigger<'_>, is_valid: bool) -> TokenStream {
    let container = &trigger.container;
    let fields = &trigger.fields;
    let implementation = trigger_impl(trigger, is_valid);
    let scheduled = fields.iter().any(|field| field.role == Some(Role::ScheduledAt));
    let scheduled = scheduled.then(|| text::tokens(&(impl_head(container, "Scheduled") + "{}")));
    let cancelable = trigger.entity_id.as_ref().map(|id| cancelable(container, id));
    let checks = checks(container, fields, Level::First);
    let Container { ident, generics, krate } = container;
    let any = lifetimes::elided(generics);
    let names = names_differ(krate, fields, || quote!(#krate::__private::rows_of::<#ident #any>()));
    text::with_crate(krate, quote!(#implementation #scheduled #cancelable #checks #names))
}

fn trigger_impl(trigger: &Trigger<'_>, is_valid: bool) -> TokenStream {
    let container = &trigger.container;
    let registration = if is_valid { registration(container) } else { String::new() };
    let outline = Outline::of_trigger(trigger);
    let types = types(container, &trigger.fields, Level::First);
    let implementation = trigger_items(container, &registration, outline, &types);
    let cancels = cancels(trigger);
    let head = text::tokens(&impl_head(container, "Trigger"));
    quote!(#head { #implementation #cancels })
}

/// What an `impl` of `Trigger` holds.
fn trigger_items(
    container: &Container<'_>,
    registration: &str,
    outline: Outline,
    types: &[TokenStream],
) -> TokenStream {
    let krate = text::of_crate(&container.krate);
    let Literals { text, parts, values } = outline.finish();
    let values = if values.is_empty() {
        String::new()
    } else {
        let use_private = use_private(&krate);
        let ty = format!("&'static [{krate}::schema::Literal]");
        format!("const VALUES: {ty}={{{use_private}&[{values}]}};")
    };
    let items = text::tokens(&format!(
        "type Rows={krate}::__private::Rows<{}>;{values}\
         const OUTLINE: {krate}::__private::TriggerOutline=",
        types.len()
    ));
    let prelude =
        text::tokens(&format!("{registration}{}__trigger::TriggerOutline", use_private(&krate)));
    let ident = plain(container.ident);
    let literals = text::tokens(&format!(
        "text:{text},parts:{parts},\
         rust_type: ::core::concat!(::core::module_path!(),\"::{ident}\"),"
    ));
    quote!(#items { #prelude { #literals types: &[#(#types),*] } };)
}

/// The short names that the derive's output has for what it leans on.
fn use_private(krate: &str) -> String {
    format!("use {krate}::__private::{{self as __trigger,place as __place}};")
}

/// The properties' types, each asked for at its place in the source.
fn types(container: &Container<'_>, fields: &[Field<'_>], level: Level) -> Vec<TokenStream> {
    let krate = &container.krate;
    fields.iter().map(|field| row::type_expression(krate, field, field.ty, level)).collect()
}

/// What stands before the braces of an `impl`.
fn impl_head(container: &Container<'_>, name: &str) -> String {
    let Container { ident, generics, krate } = container;
    let krate = text::of_crate(krate);
    let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
    let [impl_generics, ty_generics] = [text::of(&impl_generics), text::of(&ty_generics)];
    let where_clause = text::of(&where_clause);
    // `cancels(Borrowed)` is as clear as `cancels(Borrowed<'_>)`.
    format!(
        "#[automatically_derived]#[allow(deprecated,elided_lifetimes_in_paths,unused_qualifications)]\
         impl{impl_generics} {krate}::{name} for {ident}{ty_generics} {where_clause}"
    )
}

/// The static that the registry finds: `linkme`'s, without the checks that its own attribute
/// writes for hand-written ones: they cost the compiler several times what the static does.
fn registration(container: &Container<'_>) -> String {
    let Container { ident, generics, krate } = container;
    let krate = text::of_crate(krate);
    let any = text::of(&lifetimes::elided(generics));
    format!(
        "{krate}::__private::TRIGGERS!{{\
             #![linkme_macro={krate}::__private::TRIGGERS]\
             static TRIGGER:fn()->&'static {krate}::schema::TriggerSpec=\
                 {krate}::__private::spec::<{ident}{any}>;\
         }}"
    )
}

fn cancelable(container: &Container<'_>, id: &EntityId<'_>) -> TokenStream {
    let krate = &container.krate;
    let head = text::tokens(&impl_head(container, "Cancelable"));
    let EntityId { ident: field, ty, .. } = id;
    quote! {
        #head {
            type EntityId = #ty;
            fn entity_id(&self) -> #krate::__private::Uuid {
                #krate::__private::uuid::<#ty>(&self.#field)
            }
        }
    }
}

/// `cancels(InvoiceDue)`, asked for at its place in the source.
fn cancels(trigger: &Trigger<'_>) -> Option<TokenStream> {
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
    (!trigger.cancels.is_empty()).then(|| quote!(const CANCELS: #ty = &[#(#canceled),*];))
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
    let types = types(container, fields, Level::Second);
    let Literals { text, parts, values } = Outline::of_object(fields).finish();
    let rows = text::tokens(&format!("__trigger::rows::<{}>", types.len()));
    let outline =
        text::tokens(&format!("__trigger::Outline{{text:{text},parts:{parts}}},&[{values}],"));
    let ty = quote! {
        __trigger::TypeSpec { properties: &#rows(#outline &[#(#types),*]), ..__trigger::OBJECT }
    };
    let implementation =
        property_impl(container, &quote!(#krate::__private::shape::Object), &ty, None);
    let checks = checks(container, fields, Level::Second);
    let names =
        names_differ(krate, fields, || quote!(<#ident #any as #krate::Property>::TYPE.properties));
    quote!(#implementation #checks #names)
}

fn enumeration(container: &Container<'_>, values: &[String]) -> TokenStream {
    let krate = &container.krate;
    let mut list = List::default();
    for value in values {
        list.push_str(value);
    }
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
        let member = &field.member;
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
                use #krate::__private::{self as __trigger, place as __place};
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
fn names_differ(
    krate: &Path,
    fields: &[Field<'_>],
    table: impl Fn() -> TokenStream,
) -> TokenStream {
    let fields = fields.iter().enumerate();
    fields
        .filter(|(_, field)| field.flattened)
        .map(|(index, field)| {
            let span = field.name_tokens().span();
            let krate = respan(krate, span);
            let table = respan(table(), span);
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
    let container = Container { ident, generics, krate: krate.clone() };
    let head = text::tokens(&impl_head(&container, "Trigger"));
    let items = trigger_items(&container, "", Outline::of_stub(), &[]);
    text::with_crate(krate, quote!(#head { #items }))
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

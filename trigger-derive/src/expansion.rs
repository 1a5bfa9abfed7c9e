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
    let krate = text::of_crate(&container.krate);
    let registration = if is_valid { registration(container) } else { String::new() };
    let head = text::tokens(&impl_head(container, "Trigger"));
    let members = text::tokens(&format!(
        "type Rows={krate}::__private::Rows<{}>;const COLUMNS: {krate}::__private::Columns=",
        trigger.fields.len()
    ));
    let prelude = text::tokens(&format!("{registration}{}__trigger::Columns", prelude(&krate)));
    let columns = Columns::of(container, &trigger.fields, trigger.entity_id.as_ref(), Level::First);
    let Columns { texts, keywords, types } = columns;
    let texts = text::tokens(&format!(
        "texts:&[{}],properties:&[{texts}],keywords:&[{keywords}],",
        trigger_texts(trigger)
    ));
    let cancels = trigger.cancels.iter().map(|path| cancels(trigger, path));
    quote! {
        #head {
            #members {
                #prelude { #texts types: &[#types], cancels: &[#(#cancels),*] }
            };
        }
    }
}

/// The short names that the derive's output has for what it leans on.
fn prelude(krate: &str) -> String {
    format!("use {krate}::__private::{{self as __trigger,place as __place}};")
}

/// The properties of an object, by columns.
struct Columns {
    texts: List,
    keywords: List,
    /// Each asked for at its place in the source.
    types: TokenStream,
}

impl Columns {
    fn of(
        container: &Container<'_>,
        fields: &[Field<'_>],
        entity_id: Option<&EntityId<'_>>,
        level: Level,
    ) -> Self {
        let mut texts = List::default();
        let mut keywords = List::default();
        for (index, field) in fields.iter().enumerate() {
            text::push_texts(&mut texts, field);
            text::push_keywords(&mut keywords, index, field);
            if entity_id.is_some_and(|id| id.is(field)) {
                keywords.push(format_args!("({index},__trigger::Keyword::EntityId)"));
            }
        }
        let krate = &container.krate;
        let types = fields.iter().map(|field| row::type_expression(krate, field, field.ty, level));
        Self { texts, keywords, types: quote!(#(#types),*) }
    }
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

fn trigger_texts(trigger: &Trigger<'_>) -> List {
    let ident = plain(trigger.container.ident);
    let mut texts = List::default();
    texts.push_str(&trigger.key);
    texts.push_str(&trigger.name);
    texts.push_str(trigger.description.as_deref().unwrap_or_default());
    texts.push(format_args!("::core::concat!(::core::module_path!(),\"::{ident}\")"));
    texts.push("::core::env!(\"CARGO_PKG_NAME\")");
    texts.push_str(&location(trigger.container.ident));
    let entity_id = trigger.entity_id.as_ref().map(|id| plain(id.ident));
    texts.push_str(entity_id.as_deref().unwrap_or_default());
    texts
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

fn cancels(trigger: &Trigger<'_>, canceled: &Path) -> TokenStream {
    let span = canceled.span();
    let krate = respan(&trigger.container.krate, span);
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
    let Columns { texts, keywords, types } = Columns::of(container, fields, None, Level::Second);
    let function = text::tokens(&format!("__trigger::rows::<{}>", fields.len()));
    let columns = text::tokens(&format!("&[{texts}],&[{keywords}],"));
    let ty = quote! {
        __trigger::TypeSpec { properties: &#function(#columns &[#types]), ..__trigger::OBJECT }
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
    let stub = quote! {
        #head {
            type Rows = #krate::__private::Rows<0>;
            const COLUMNS: #krate::__private::Columns = #krate::__private::STUB;
        }
    };
    text::with_crate(krate, stub)
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

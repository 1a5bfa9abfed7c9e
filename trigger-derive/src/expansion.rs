//! What the derives write: two literals of what was said, and one constant for each field's type.
//!
//! Literals, because whatever is said in expressions costs the compiler several times the texts in
//! it. One more constant comes only for what a field's tokens leave open.

mod known;
mod lifetimes;
mod outline;
mod row;
mod text;
mod trigger;

use proc_macro2::{Ident, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::model::{Container, Field, Property};
use outline::{Literals, Outline};
use row::{Level, respan};
use text::List;
pub(crate) use trigger::{trigger, trigger_stub};

/// The properties' types, each asked for at its place in the source.
fn types<'f, 'a: 'f>(
    krate: &str,
    fields: impl IntoIterator<Item = &'f Field<'a>>,
    level: Level,
) -> Vec<TokenStream> {
    let ask = |field: &Field<'_>| row::type_expression(krate, field, field.ty, level);
    fields.into_iter().map(ask).collect()
}

pub(crate) fn property(property: &Property<'_>) -> TokenStream {
    let (krate, output) = match property {
        Property::Object(container, fields) => (&container.krate, object(container, fields)),
        Property::Newtype(container, field) => (&container.krate, newtype(container, field)),
        Property::Enum(container, values) => (&container.krate, enumeration(container, values)),
    };
    text::with_crate(krate, output)
}

fn object(container: &Container<'_>, fields: &[Field<'_>]) -> TokenStream {
    let Container { ident, generics, krate } = container;
    let any = lifetimes::elided(generics);
    let types = types(&text::of_crate(krate), fields, Level::Second);
    let Literals { text, parts, values } = Outline::of_object(fields).finish();
    let rows = text::tokens(&format!("__trigger::rows::<{}>", types.len()));
    let outline =
        text::tokens(&format!("__trigger::Outline{{text:{text},parts:{parts}}},&[{values}],&[],"));
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
                use #krate::__private as __trigger;
                &#ty
            };
            #uuid
        }
    }
}

/// A constant for each example and default that the tokens leave open, and for each string that
/// lacks its example.
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
pub(crate) fn property_stub(ident: &Ident, generics: &syn::Generics, krate: &Path) -> TokenStream {
    let container = Container { ident, generics, krate: krate.clone() };
    property_impl(
        &container,
        &quote!(#krate::__private::shape::Unknown),
        &quote!(__trigger::OBJECT),
        None,
    )
}

//! What the derives write: two literals of what was said, and one constant for each field's type.
//!
//! Literals, because whatever is said in expressions costs the compiler several times the texts in
//! it. One more constant comes only for what a field's tokens leave open.

mod known;
mod lifetimes;
mod newtype;
mod outline;
mod row;
mod spans;
mod text;
mod trigger;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{DeriveInput, LitStr, Path};

use crate::model::{Container, EnumValue, Field, Property};
use newtype::newtype;
use outline::{Literals, Outline};
use row::Level;
use spans::respan;
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

/// The field's type for what stands outside of the `impl`.
fn static_type(container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    lifetimes::to_static(container, field.ty)
}

/// `is_valid` tells whether the property's description is worth anything: nothing else is held to
/// one with mistakes.
pub(crate) fn property(property: &Property<'_>, is_valid: bool) -> TokenStream {
    let (krate, output) = match property {
        Property::Object(container, fields) => {
            (&container.krate, object(container, fields, is_valid))
        }
        Property::Newtype(container, field) => (&container.krate, newtype(container, field)),
        Property::Enum(container, values) => (&container.krate, enumeration(container, values)),
    };
    text::with_crate(krate, output)
}

fn object(container: &Container<'_>, fields: &[Field<'_>], is_valid: bool) -> TokenStream {
    let krate = &container.krate;
    let types = types(&text::of_crate(krate), fields, Level::Second);
    let Literals { text, parts, values } = Outline::of_object(fields).finish();
    let rows = text::tokens(&format!("__trigger::rows::<{}>", types.len()));
    let outline = format!("__trigger::Outline{{text:{text},parts:{parts}}}");
    let before_types = text::tokens(&format!("{outline},&[{values}],&[],"));
    let ty = if is_valid {
        quote! {
            __trigger::TypeSpec {
                properties: &#rows(#before_types &[#(#types),*]),
                ..__trigger::OBJECT
            }
        }
    } else {
        quote!({ let _: &[&__trigger::TypeSpec] = &[#(#types),*]; __trigger::UNKNOWN })
    };
    let implementation =
        property_impl(container, &quote!(#krate::__private::shape::Object), &ty, None);
    let checks = checks(container, fields);
    let names = names_differ(container, fields, || text::tokens(&outline));
    quote!(#implementation #checks #names)
}

fn enumeration(container: &Container<'_>, values: &[EnumValue]) -> TokenStream {
    let krate = &container.krate;
    let mut list = List::default();
    for value in values {
        list.push_str(&value.name);
    }
    let list = list.into_tokens();
    let labels = labels(values);
    let first = values.first();
    let example = first.map(|first| format!("__trigger::Literal::String({:?})", first.name));
    let example = text::option(example);
    let ty = quote! {
        __trigger::TypeSpec { values: &[#list], #labels example: #example, ..__trigger::ENUM }
    };
    property_impl(container, &quote!(#krate::__private::shape::Scalar), &ty, None)
}

/// `labels: &[…],` where a value has one.
fn labels(values: &[EnumValue]) -> TokenStream {
    if values.iter().all(|value| value.label.is_empty()) {
        return TokenStream::new();
    }
    let labels = values.iter().map(|EnumValue { label, .. }| {
        let text = |text: &Option<LitStr>| text::option(text.as_ref().map(text::of));
        let [title, description] = [text(&label.title), text(&label.description)];
        quote!([#title, #description],)
    });
    quote!(labels: &[#(#labels)*],)
}

fn property_impl(
    container: &Container<'_>,
    shape: &TokenStream,
    ty: &TokenStream,
    uuid: Option<&TokenStream>,
) -> TokenStream {
    let Container { ident, generics, krate, .. } = container;
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

/// A constant for each thing that is written and cannot be judged by its tokens.
fn checks(container: &Container<'_>, fields: &[Field<'_>]) -> TokenStream {
    let checks = fields.iter().flat_map(|field| {
        let of_property = row::checks_of_property(container, field);
        row::checks(container, field).into_iter().chain(of_property)
    });
    checks.collect()
}

/// A constant for each flattened field: its names differ from those around it. It leans on the
/// types of flattened fields alone, so that another one's mistake does not hide that of a name.
fn names_differ(
    container: &Container<'_>,
    fields: &[Field<'_>],
    outline: impl Fn() -> TokenStream,
) -> TokenStream {
    // A constant outside of the `impl` has no values for a struct's parameters.
    let fields = if container.has_parameters() { &[] } else { fields };
    let flattened: Vec<_> = fields.iter().filter(|field| field.flattened).collect();
    let ty = |field: &&Field<'_>| row::known_type_expression(container, field);
    let types: Vec<_> = flattened.iter().map(ty).collect();
    let check = |(index, field): (usize, &&Field<'_>)| {
        let span = field.name_tokens().span();
        let krate = respan(&container.krate, span);
        let outline = respan(outline(), span);
        quote_spanned! {span=>
            #[allow(deprecated, unused_imports, unused_qualifications)]
            const _: () = {
                use #krate::__private as __trigger;
                __trigger::names_differ(#outline, &[#(#types),*], #index)
            };
        }
    };
    flattened.iter().enumerate().map(check).collect()
}

/// What stands in for an implementation that could not be made, so that its absence is not a
/// second mistake.
pub(crate) fn property_stub(input: &DeriveInput, krate: Path) -> TokenStream {
    let shape = quote!(#krate::__private::shape::Unknown);
    let container = Container::new(input, krate);
    property_impl(&container, &shape, &quote!(__trigger::UNKNOWN), None)
}

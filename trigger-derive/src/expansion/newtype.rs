//! What `derive(Property)` writes of a newtype.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Path;
use trigger_dialect::Format;

use super::row::{self, Level, answer};
use super::{property_impl, text};
use crate::model::{Container, Field};
use crate::serde_attributes::With;

pub(super) fn newtype(container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let krate = &container.krate;
    let shape = shape(container, field);
    let ty = type_spec(krate, field);
    // A `with` module's type has no `Property` of its own to ask.
    let uuid = field.with.is_none().then(|| uuid(krate, field));
    let implementation = property_impl(container, &shape, &ty, uuid.as_ref());
    let checks = row::checks(container, field);
    quote!(#implementation #(#checks)*)
}

/// The shape that a newtype passes on: its inner one, unless its field has a format or example.
fn shape(container: &Container<'_>, field: &Field<'_>) -> TokenStream {
    let krate = &container.krate;
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
    let enclosed = match field.format() {
        Some(Format::Uuid) => quote!(WithFormat<#shape::UuidText>),
        Some(Format::DateTime) => quote!(WithFormat<#shape::DateTime>),
        Some(_) => quote!(WithFormat<#shape::Scalar>),
        None if field.attributes.example_written => quote!(WithExample),
        None => quote!(Shape),
    };
    let ty = field.ty;
    let is_property = answer(container, &[(ty, "IS_PROPERTY")]);
    let held = quote!(<#is_property as #krate::__private::answer::ShapeOf<#ty>>::Shape);
    quote!(<#held as #shape::Enclosed>::#enclosed)
}

fn type_spec(krate: &Path, field: &Field<'_>) -> TokenStream {
    let inner = row::type_expression(&text::of_crate(krate), field, field.ty, Level::Newtype);
    let format = text::option(field.format().map(text::format_path));
    let example = text::option(field.attributes.examples.first().map(text::literal));
    quote!(__trigger::newtype(#inner, #format, #example))
}

/// The method by which a newtype of a UUID is read as one.
fn uuid(krate: &Path, field: &Field<'_>) -> TokenStream {
    let Field { member, ty, .. } = field;
    quote! {
        fn uuid(&self) -> ::core::option::Option<#krate::__private::Uuid> {
            #[allow(unused_imports)]
            use #krate::__private::answer::Otherwise as _;
            #krate::__private::answer::Probe::<#ty>::uuid(&self.#member)
        }
    }
}

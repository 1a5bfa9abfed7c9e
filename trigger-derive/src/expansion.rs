//! What the derives write: two literals of what was said, and one constant for each field's type.
//!
//! Literals, because whatever is said in expressions costs the compiler several times the texts in
//! it. One more constant comes only for what a field's tokens leave open.

mod lifetimes;
mod outline;
mod row;
mod text;

use proc_macro2::{Ident, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::model::{Container, EntityId, Field, Property, Role, Trigger};
use outline::{Literals, Outline};
use row::{Level, respan};
use text::List;

/// `is_valid` tells whether the trigger may be registered: nobody exports one with mistakes.
pub(crate) fn trigger(trigger: &Trigger<'_>, is_valid: bool) -> TokenStream {
    let container = &trigger.container;
    let fields = &trigger.fields;
    let head = Head::of(container);
    let registration = if is_valid { registration(container) } else { String::new() };
    let outline = Outline::of_trigger(trigger);
    let types = types(container, fields, Level::First);
    let is_scheduled = fields.iter().any(|field| field.role == Some(Role::ScheduledAt));
    let kind = if is_scheduled { "AtDate" } else { "RealTime" };
    let others = [entity_id(&head, trigger.entity_id.as_ref()), cancels(trigger)];
    let implementation = trigger_impl(&head, kind, &registration, outline, types, others);
    let checks = checks(container, fields, Level::First);
    let Container { ident, generics, krate } = container;
    let any = lifetimes::elided(generics);
    let names = names_differ(krate, fields, || quote!(#krate::__private::rows_of::<#ident #any>()));
    text::with_crate(krate, [implementation, checks, names].into_iter().collect())
}

fn trigger_impl(
    head: &Head,
    kind: &str,
    registration: &str,
    outline: Outline,
    types: Vec<TokenStream>,
    [entity_id, cancels]: [TokenStream; 2],
) -> TokenStream {
    let Head { krate, ident, .. } = head;
    let plain = ident.trim_start_matches("r#");
    let Literals { text, parts, values } = outline.finish();
    let values = if values.is_empty() {
        String::new()
    } else {
        let ty = format!("&'static [{krate}::schema::Literal]");
        format!("const VALUES: {ty}={{use {krate}::__private as __trigger;&[{values}]}};")
    };
    let outline = format!("{krate}::__private::TriggerOutline");
    let items = format!(
        "type Kind={krate}::__private::{kind}<{}>;{values}const OUTLINE: {outline}=",
        types.len()
    );
    let literals = format!(
        "text:{text},parts:{parts},\
         rust_type: ::core::concat!(::core::module_path!(),\"::{plain}\"),types:&"
    );
    let outline_fields = [text::tokens(&literals), text::bracketed(text::separated(types))];
    let constant =
        [text::tokens(&(registration.to_owned() + &outline)), text::braced(outline_fields)];
    let items = [text::tokens(&items), text::braced(constant), entity_id, cancels];
    [text::tokens(&head.implementing_trigger()), text::braced(items)].into_iter().collect()
}

/// The properties' types, each asked for at its place in the source.
fn types(container: &Container<'_>, fields: &[Field<'_>], level: Level) -> Vec<TokenStream> {
    let krate = &text::of_crate(&container.krate);
    fields.iter().map(|field| row::type_expression(krate, field, field.ty, level)).collect()
}

/// What the `impl` of a trigger begins with, as text.
struct Head {
    krate: String,
    ident: String,
    impl_generics: String,
    ty_generics: String,
    where_clause: String,
}

impl Head {
    fn of(container: &Container<'_>) -> Self {
        let Container { ident, generics, krate } = container;
        let (impl_generics, ty_generics, where_clause) = generics.split_for_impl();
        Self {
            krate: text::of_crate(krate),
            ident: ident.to_string(),
            impl_generics: text::of(&impl_generics),
            ty_generics: text::of(&ty_generics),
            where_clause: text::of(&where_clause),
        }
    }

    /// What stands before the braces of the `impl`.
    fn implementing_trigger(&self) -> String {
        let Self { krate, ident, impl_generics, ty_generics, where_clause } = self;
        // `cancels(Borrowed)` is as clear as `cancels(Borrowed<'_>)`.
        format!(
            "#[automatically_derived]\
             #[allow(deprecated,elided_lifetimes_in_paths,unused_qualifications)]\
             impl{impl_generics} {krate}::Trigger for {ident}{ty_generics} {where_clause}"
        )
    }
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

/// The field that events are canceled by; the semicolon before it ends what stands there.
fn entity_id(head: &Head, id: Option<&EntityId<'_>>) -> TokenStream {
    let Head { krate, .. } = head;
    let Some(EntityId { member, ty, .. }) = id else {
        let none = format!(";type EntityIdField={krate}::__private::NoEntityId;");
        return text::tokens(&none);
    };
    let method = format!(
        ";fn entity_id_field(&self)->::core::option::Option<&Self::EntityIdField>{{\
             ::core::option::Option::Some(&self.{})\
         }}",
        text::of(member)
    );
    let parts = [text::tokens(";type EntityIdField="), ty.to_token_stream(), text::tokens(&method)];
    parts.into_iter().collect()
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
    let (head, outline) = (Head::of(&container), Outline::of_stub());
    let others = [entity_id(&head, None), TokenStream::new()];
    let stub = trigger_impl(&head, "RealTime", "", outline, Vec::new(), others);
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

//! A struct, an enum or a newtype as the schema sees it: attributes and serde's view together.

mod documentation;

use proc_macro2::{Ident, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::{Data, DeriveInput, Fields, Generics, LitStr, Member, Path, Type};
use trigger_dialect::{Format, Rule, sentence_case};

use crate::attributes::{self, FieldAttributes, TriggerAttributes};
use crate::errors::Errors;
use crate::rules;
use crate::serde_attributes::{self, SerdeField, SerdeType, SerdeVariant, With};

/// What every expansion needs.
pub(crate) struct Container<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) krate: Path,
}

pub(crate) struct Trigger<'a> {
    pub(crate) container: Container<'a>,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) entity_id: Option<EntityId<'a>>,
    pub(crate) cancels: Vec<Path>,
    pub(crate) allowed: Vec<&'static str>,
}

/// The field that events are canceled by. It need not be in the payload.
pub(crate) struct EntityId<'a> {
    pub(crate) plain: String,
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
}

pub(crate) enum Property<'a> {
    Object(Container<'a>, Vec<Field<'a>>),
    Newtype(Container<'a>, Box<Field<'a>>),
    Enum(Container<'a>, Vec<String>),
}

/// A field that stands in the payload.
pub(crate) struct Field<'a> {
    pub(crate) original: &'a syn::Field,
    /// The name in Rust, without `r#`; empty in a tuple.
    pub(crate) plain: String,
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    /// Whether the type is a plain string by its tokens. A type that only looks like one fails to
    /// compile; one that does not look like one is judged in constant evaluation.
    pub(crate) looks_like_text: bool,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) attributes: FieldAttributes,
    pub(crate) may_be_skipped: bool,
    pub(crate) flattened: bool,
    pub(crate) with: Option<With>,
    pub(crate) role: Option<Role>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Role {
    ScheduledAt,
    Contact,
    Member,
    Visitor,
    User,
}

impl Role {
    /// The attribute that gives it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::ScheduledAt => "scheduled_at",
            Self::Contact => "contact",
            Self::Member => "member",
            Self::Visitor => "visitor",
            Self::User => "user",
        }
    }
}

impl Field<'_> {
    pub(crate) fn format(&self) -> Option<Format> {
        self.attributes.format.as_ref().map(|(format, _)| *format)
    }

    /// What an error about the field's name points at.
    pub(crate) fn name_tokens(&self) -> TokenStream {
        self.original
            .ident
            .as_ref()
            .map_or_else(|| self.ty.to_token_stream(), ToTokens::to_token_stream)
    }
}

fn looks_like_text(ty: &Type) -> bool {
    match ty {
        Type::Reference(reference) => looks_like_text(&reference.elem),
        Type::Group(group) => looks_like_text(&group.elem),
        Type::Path(path) => {
            path.path.segments.last().is_some_and(|last| match last.ident.to_string().as_str() {
                "String" | "str" => true,
                "Option" => option_of_text(&last.arguments),
                _ => false,
            })
        }
        _ => false,
    }
}

fn option_of_text(arguments: &syn::PathArguments) -> bool {
    match arguments {
        syn::PathArguments::AngleBracketed(arguments) => arguments.args.iter().all(
            |argument| matches!(argument, syn::GenericArgument::Type(ty) if looks_like_text(ty)),
        ),
        _ => false,
    }
}

/// Reads a trigger; `None` where there is no payload to describe.
pub(crate) fn trigger<'a>(errors: &Errors, input: &'a DeriveInput) -> (Path, Option<Trigger<'a>>) {
    let attributes = TriggerAttributes::parse(errors, &input.attrs);
    let krate = attributes.krate.clone();
    rules::no_parameters(errors, &input.generics);
    if !rules::is_trigger_shape(errors, input) {
        return (krate, None);
    }
    let Some(serde) = serde_attributes::read(errors, input) else { return (krate, None) };
    if let Some(span) = serde_attributes::transparent_span(input) {
        let words = "`transparent` writes the one field and not an object; remove it";
        errors.push(Ident::new("_", span), Rule::SERDE_FOLLOWED, words);
        return (krate, None);
    }
    let SerdeType::Struct(fields) = serde else { return (krate, None) };
    (krate, Some(read_trigger(errors, input, attributes, fields)))
}

fn read_trigger<'a>(
    errors: &Errors,
    input: &'a DeriveInput,
    attributes: TriggerAttributes,
    serde_fields: Vec<SerdeField<'a>>,
) -> Trigger<'a> {
    let key = rules::key(errors, &input.ident, attributes.key.as_ref());
    let name = rules::name(errors, &input.ident, attributes.name.as_ref());
    let description = text_or_documentation(attributes.description.as_ref(), &input.attrs);
    rules::description(errors, input, attributes.description.as_ref(), description.as_deref());
    let entity_id = attributes.roles.entity_id.as_ref().and_then(|role| {
        let field = rules::named_field(errors, "entity_id", role, &serde_fields)?;
        let member = field.member.clone();
        Some(EntityId { plain: field.plain.clone(), member, ty: field.ty })
    });
    let roles = rules::roles(errors, &attributes.roles, &serde_fields);
    let mut fields = object_fields(errors, serde_fields);
    for field in &mut fields {
        let mut given = roles.iter().filter(|(name, _)| *name == field.plain);
        field.role = given.next().map(|(_, role)| *role);
        rules::one_role(errors, field, given.next().map(|(_, role)| *role));
    }
    rules::object(errors, &input.ident, &fields);
    let container =
        Container { ident: &input.ident, generics: &input.generics, krate: attributes.krate };
    let TriggerAttributes { cancels, allowed, .. } = attributes;
    Trigger { container, key, name, description, fields, entity_id, cancels, allowed }
}

/// Reads what may stand inside a payload; `None` where it may not.
pub(crate) fn property<'a>(
    errors: &Errors,
    input: &'a DeriveInput,
) -> (Path, Option<Property<'a>>) {
    let krate = attributes::parse_property(errors, &input.attrs);
    let container =
        Container { ident: &input.ident, generics: &input.generics, krate: krate.clone() };
    rules::no_parameters(errors, &input.generics);
    if !rules::is_property_shape(errors, input) {
        return (krate, None);
    }
    let Some(serde) = serde_attributes::read(errors, input) else { return (krate, None) };
    let property = match serde {
        SerdeType::Struct(fields) => {
            let fields = object_fields(errors, fields);
            rules::object(errors, &input.ident, &fields);
            Some(Property::Object(container, fields))
        }
        SerdeType::Newtype { field, others } => {
            for other in others {
                attributes::refuse_all(errors, &other.field.attrs);
            }
            rules::newtype_not_skipped(errors, &field);
            let field = read_field(errors, field);
            rules::newtype(errors, &field);
            Some(Property::Newtype(container, Box::new(field)))
        }
        SerdeType::Enum(variants) => {
            Some(Property::Enum(container, enum_values(errors, &input.ident, &variants)))
        }
        SerdeType::OtherStruct => None,
    };
    (krate, property)
}

fn enum_values(errors: &Errors, ident: &Ident, variants: &[SerdeVariant<'_>]) -> Vec<String> {
    for variant in variants {
        attributes::refuse_all(errors, &variant.variant.attrs);
        rules::unit_variant(errors, variant);
    }
    let values: Vec<_> = variants
        .iter()
        .filter(|variant| !variant.skipped)
        .map(|variant| variant.name.clone())
        .collect();
    rules::enum_values(errors, ident, &values);
    values
}

fn object_fields<'a>(errors: &Errors, fields: Vec<SerdeField<'a>>) -> Vec<Field<'a>> {
    let mut written = Vec::with_capacity(fields.len());
    for field in fields {
        if field.skipped {
            // It is in no schema, but a misspelt attribute is a mistake all the same.
            FieldAttributes::parse(errors, &field.field.attrs);
        } else {
            written.push(read_field(errors, field));
        }
    }
    written
}

fn read_field<'a>(errors: &Errors, serde: SerdeField<'a>) -> Field<'a> {
    let attributes = FieldAttributes::parse(errors, &serde.field.attrs);
    let title = attributes.title.as_ref().map_or_else(|| sentence_case(&serde.name), LitStr::value);
    let description = text_or_documentation(attributes.description.as_ref(), &serde.field.attrs);
    Field {
        original: serde.field,
        plain: serde.plain,
        member: serde.member,
        ty: serde.ty,
        looks_like_text: looks_like_text(serde.ty),
        name: serde.name,
        title,
        description,
        attributes,
        may_be_skipped: serde.may_be_skipped,
        flattened: serde.flattened,
        with: serde.with,
        role: None,
    }
}

fn text_or_documentation(
    written: Option<&LitStr>,
    attributes: &[syn::Attribute],
) -> Option<String> {
    written.map(LitStr::value).or_else(|| documentation::first_paragraph(attributes))
}

/// Whether the type is a struct with named fields.
pub(crate) fn has_named_fields(data: &Data) -> bool {
    matches!(data, Data::Struct(data) if matches!(data.fields, Fields::Named(_)))
}

/// Where the struct's name stands, `src/lib.rs:12`; nowhere outside of a compiler.
pub(crate) fn location(ident: &Ident) -> String {
    if !proc_macro::is_available() {
        return String::new();
    }
    let span = ident.span().unwrap();
    format!("{}:{}", span.file(), span.line())
}

/// A field's name as it is written in Rust, without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    ident.unraw().to_string()
}

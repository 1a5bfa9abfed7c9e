//! A struct, an enum or a newtype as the schema sees it: attributes and serde's view together.

mod documentation;

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::spanned::Spanned;
use syn::{Data, DeriveInput, Fields, Generics, LitStr, Member, Path, Type};
use trigger_dialect::{Format, Rule, sentence_case};

use crate::attributes::{self, Claims, FieldAttributes, Label, Payload, TriggerAttributes};
use crate::errors::Errors;
use crate::rules;
use crate::serde_attributes::{self, SerdeField, SerdeType, SerdeVariant, With};

/// What every expansion needs.
pub(crate) struct Container<'a> {
    pub(crate) ident: &'a Ident,
    pub(crate) generics: &'a Generics,
    pub(crate) krate: Path,
    /// Whether serde's own derive fails.
    pub(crate) lacks_serialize: bool,
}

impl<'a> Container<'a> {
    pub(crate) fn new(input: &'a DeriveInput, krate: Path) -> Self {
        Self { ident: &input.ident, generics: &input.generics, krate, lacks_serialize: false }
    }
}

impl Container<'_> {
    /// Whether the struct has a type or const parameter, which is a mistake.
    pub(crate) fn has_parameters(&self) -> bool {
        self.generics.type_params().next().is_some()
            || self.generics.const_params().next().is_some()
    }

    /// Whether the type names such a parameter. What is wrong with it then is told already.
    fn has_parameter_in(&self, ty: &Type) -> bool {
        self.has_parameters() && self.names_parameter(ty.to_token_stream())
    }

    fn names_parameter(&self, tokens: TokenStream) -> bool {
        let types = self.generics.type_params().map(|parameter| &parameter.ident);
        let parameters =
            types.chain(self.generics.const_params().map(|parameter| &parameter.ident));
        let parameters: Vec<_> = parameters.collect();
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(name) => parameters.contains(&&name),
            TokenTree::Group(group) => self.names_parameter(group.stream()),
            _ => false,
        })
    }
}

pub(crate) struct Trigger<'a> {
    pub(crate) container: Container<'a>,
    pub(crate) key: String,
    pub(crate) name: String,
    pub(crate) description: Option<String>,
    pub(crate) fields: Vec<Field<'a>>,
    pub(crate) entity_id: Option<EntityId<'a>>,
    pub(crate) claims: Claims,
    pub(crate) cancels: Vec<Path>,
    pub(crate) allowed: Vec<&'static str>,
    pub(crate) payload: Payload,
}

/// What is known of a trigger that could not be read.
pub(crate) struct Unread {
    pub(crate) krate: Path,
    pub(crate) claims: Claims,
}

/// The field that events are canceled by. It need not be in the payload.
pub(crate) struct EntityId<'a> {
    pub(crate) plain: String,
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) is_in_payload: bool,
}

pub(crate) enum Property<'a> {
    Object(Container<'a>, Vec<Field<'a>>),
    Newtype(Container<'a>, Box<Field<'a>>),
    Enum(Container<'a>, Vec<EnumValue>),
}

/// A variant that serde writes.
pub(crate) struct EnumValue {
    pub(crate) name: String,
    pub(crate) label: Label,
}

/// A field that stands in the payload.
pub(crate) struct Field<'a> {
    /// Its place among them.
    pub(crate) index: usize,
    pub(crate) original: &'a syn::Field,
    /// The name in Rust, without `r#`; empty in a tuple.
    pub(crate) plain: String,
    pub(crate) member: Member,
    pub(crate) ty: &'a Type,
    pub(crate) name: String,
    pub(crate) title: String,
    pub(crate) description: Option<String>,
    pub(crate) attributes: FieldAttributes,
    pub(crate) may_be_skipped: bool,
    pub(crate) flattened: bool,
    pub(crate) with: Option<With>,
    pub(crate) role: Option<Role>,
    pub(crate) holds_entity_id: bool,
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

    /// Whether the type is a plain string by its tokens. A type that only looks like one fails to
    /// compile; one that does not look like one is judged in constant evaluation.
    pub(crate) fn looks_like_text(&self) -> bool {
        looks_like_text(self.ty)
    }

    /// What an error about the property's name points at.
    pub(crate) fn name_span(&self) -> Span {
        self.rename().unwrap_or_else(|| self.name_tokens().span())
    }

    /// Where its name is written for serde.
    pub(crate) fn rename(&self) -> Option<Span> {
        serde_attributes::value_span(&self.original.attrs, "rename")
    }

    /// What an error about the field points at.
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

/// Reads a trigger, if there is a payload to describe.
pub(crate) fn trigger<'a>(errors: &Errors, input: &'a DeriveInput) -> Result<Trigger<'a>, Unread> {
    let attributes = TriggerAttributes::parse(errors, &input.attrs);
    let unread = Unread { krate: attributes.krate.clone(), claims: attributes.claims };
    rules::no_parameters(errors, &input.generics);
    if !rules::is_trigger_shape(errors, input) {
        return Err(unread);
    }
    let texts = trigger_texts(errors, input, &attributes);
    let Some(serde) = serde_attributes::read(errors, input) else { return Err(unread) };
    if let Some(span) = serde_attributes::transparent_span(input) {
        let words = "`transparent` writes the one field and not an object; remove it";
        errors.push(Ident::new("_", span), Rule::SERDE_FOLLOWED, words);
        return Err(unread);
    }
    let SerdeType::Struct(fields) = serde.ty else { return Err(unread) };
    let mut trigger = read_trigger(errors, input, attributes, texts, fields);
    trigger.container.lacks_serialize = serde.is_refused;
    Ok(trigger)
}

/// What the site's people read of a trigger, and its key.
struct TriggerTexts {
    key: String,
    name: String,
    description: Option<String>,
}

fn trigger_texts(
    errors: &Errors,
    input: &DeriveInput,
    attributes: &TriggerAttributes,
) -> TriggerTexts {
    let key = rules::key(errors, &input.ident, attributes);
    let name = rules::name(errors, &input.ident, attributes.name.as_ref());
    let description = text_or_documentation(attributes.description.as_ref(), &input.attrs);
    rules::description(errors, input, attributes.description.as_ref(), description.as_deref());
    TriggerTexts { key, name, description }
}

fn read_trigger<'a>(
    errors: &Errors,
    input: &'a DeriveInput,
    attributes: TriggerAttributes,
    texts: TriggerTexts,
    serde_fields: Vec<SerdeField<'a>>,
) -> Trigger<'a> {
    let entity_id = rules::entity_id(errors, &attributes.roles, &serde_fields);
    let entity_id = entity_id.map(|field| EntityId {
        plain: field.plain.clone(),
        member: field.member.clone(),
        ty: field.ty,
        is_in_payload: !field.skipped,
    });
    let roles = rules::roles(errors, &attributes.roles, &serde_fields);
    let mut fields = object_fields(errors, serde_fields);
    for field in &mut fields {
        let mut given = roles.iter().filter(|(name, _)| *name == field.plain);
        field.role = given.next().map(|(_, role)| *role);
        field.holds_entity_id = entity_id.as_ref().is_some_and(|id| id.plain == field.plain);
    }
    rules::object(errors, input, &fields);
    let container = Container::new(input, attributes.krate);
    fields.retain(|field| !container.has_parameter_in(field.ty));
    let entity_id = entity_id.filter(|id| !container.has_parameter_in(id.ty));
    let TriggerAttributes { claims, cancels, allowed, payload, .. } = attributes;
    let TriggerTexts { key, name, description } = texts;
    Trigger {
        container,
        key,
        name,
        description,
        fields,
        entity_id,
        claims,
        cancels,
        allowed,
        payload,
    }
}

/// Reads what may stand inside a payload; `None` where it may not.
pub(crate) fn property<'a>(
    errors: &Errors,
    input: &'a DeriveInput,
) -> (Path, Option<Property<'a>>) {
    let krate = attributes::parse_property(errors, &input.attrs);
    let container = Container::new(input, krate.clone());
    rules::no_parameters(errors, &input.generics);
    if !rules::is_property_shape(errors, input) {
        return (krate, None);
    }
    let Some(serde) = serde_attributes::read(errors, input) else { return (krate, None) };
    let property = match serde.ty {
        SerdeType::Struct(fields) => {
            let mut fields = object_fields(errors, fields);
            rules::object(errors, input, &fields);
            fields.retain(|field| !container.has_parameter_in(field.ty));
            Some(Property::Object(container, fields))
        }
        SerdeType::Newtype { field, others } => {
            for other in others {
                attributes::refuse_all(errors, &other.field.attrs);
            }
            rules::newtype_not_skipped(errors, &field);
            let field = read_field(errors, field, 0);
            rules::newtype(errors, &field);
            let is_open = container.has_parameter_in(field.ty);
            (!is_open).then(|| Property::Newtype(container, Box::new(field)))
        }
        SerdeType::Enum(variants) => {
            Some(Property::Enum(container, enum_values(errors, &input.ident, &variants)))
        }
        SerdeType::OtherStruct => None,
    };
    (krate, property)
}

fn enum_values(errors: &Errors, ident: &Ident, variants: &[SerdeVariant<'_>]) -> Vec<EnumValue> {
    rules::enum_values(errors, ident, variants);
    let mut values = Vec::with_capacity(variants.len());
    for variant in variants {
        rules::unit_variant(errors, variant);
        // A misspelt attribute is a mistake on a skipped one, too.
        let label = attributes::parse_variant(errors, &variant.variant.attrs);
        if !variant.skipped {
            values.push(EnumValue { name: variant.name.clone(), label });
        }
    }
    values
}

fn object_fields<'a>(errors: &Errors, fields: Vec<SerdeField<'a>>) -> Vec<Field<'a>> {
    let mut written = Vec::with_capacity(fields.len());
    for field in fields {
        if field.skipped {
            // It is in no schema, but a misspelt attribute is a mistake all the same.
            FieldAttributes::parse(errors, &field.field.attrs);
        } else {
            written.push(read_field(errors, field, written.len()));
        }
    }
    written
}

fn read_field<'a>(errors: &Errors, serde: SerdeField<'a>, index: usize) -> Field<'a> {
    let attributes = FieldAttributes::parse(errors, &serde.field.attrs);
    let title = attributes.title.as_ref().map_or_else(|| sentence_case(&serde.name), LitStr::value);
    let description = text_or_documentation(attributes.description.as_ref(), &serde.field.attrs);
    Field {
        index,
        original: serde.field,
        plain: serde.plain,
        member: serde.member,
        ty: serde.ty,
        name: serde.name,
        title,
        description,
        attributes,
        may_be_skipped: serde.may_be_skipped,
        flattened: serde.flattened,
        with: serde.with,
        role: None,
        holds_entity_id: false,
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

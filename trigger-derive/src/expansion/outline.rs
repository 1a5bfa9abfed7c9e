//! The outline of a struct: all that its attributes say, but for its types.

use syn::LitStr;
use trigger_dialect::{Format, OutlineWriter, Part};

use super::text::{self, List};
use crate::attributes::{Choice, Label, Payload};
use crate::literal::{Literal, Value};
use crate::model::{Field, Role, Trigger, location};

#[derive(Default)]
pub(super) struct Outline {
    writer: OutlineWriter,
    values: Vec<String>,
}

impl Outline {
    /// `known` tells for each field whether its type stands among those known by their names.
    pub(super) fn of_trigger(trigger: &Trigger<'_>, known: &[bool]) -> Self {
        let mut this = Self::default();
        let ident = trigger.container.ident;
        this.push_head(&trigger.key, &trigger.name, &location(ident));
        this.push_some(Part::Description, trigger.description.as_deref());
        let entity_id = trigger.entity_id.as_ref();
        this.push_some(Part::EntityIdField, entity_id.map(|id| id.plain.as_str()));
        for id in &trigger.allowed {
            this.writer.push_text(Part::Allowed, id);
        }
        this.push_payload(&trigger.payload);
        for (field, known) in trigger.fields.iter().zip(known) {
            this.push_field(field, *known);
            if entity_id.is_some_and(|id| id.plain == field.plain) {
                this.writer.push(Part::EntityId);
            }
        }
        this
    }

    /// The outline of a trigger that was refused.
    pub(super) fn of_stub() -> Self {
        let mut this = Self::default();
        this.push_head("", "", "");
        this
    }

    pub(super) fn of_object(fields: &[Field<'_>]) -> Self {
        let mut this = Self::default();
        for field in fields {
            this.push_field(field, false);
        }
        this
    }

    fn push_head(&mut self, key: &str, name: &str, location: &str) {
        // Cargo tells it to the compiler, which macros run in.
        let package = std::env::var("CARGO_PKG_NAME").unwrap_or_default();
        let texts = [
            (Part::Key, key),
            (Part::Name, name),
            (Part::Package, package.as_str()),
            (Part::Location, location),
        ];
        for (part, text) in texts {
            self.writer.push_text(part, text);
        }
    }

    fn push_payload(&mut self, payload: &Payload) {
        self.push_label(&payload.label, [Part::PayloadTitle, Part::PayloadDescription]);
        for example in &payload.examples {
            self.push_value(example, Part::PayloadExample);
        }
        if let Some(default) = &payload.default {
            self.push_value(default, Part::PayloadDefault);
        }
    }

    fn push_label(&mut self, label: &Label, [title, description]: [Part; 2]) {
        self.push_some(title, label.title.as_ref().map(LitStr::value).as_deref());
        self.push_some(description, label.description.as_ref().map(LitStr::value).as_deref());
    }

    fn push_choice(&mut self, choice: &Choice) {
        if choice.is_one_of {
            self.writer.push(Part::OneOf);
        }
        for choice in &choice.values {
            self.push_literal(&choice.value, Part::ChoiceText, Part::ChoiceValue);
            self.push_some(Part::ChoiceTitle, choice.title.as_deref());
            self.push_some(Part::ChoiceDescription, choice.description.as_deref());
        }
    }

    fn push_some(&mut self, part: Part, text: Option<&str>) {
        if let Some(text) = text {
            self.writer.push_text(part, text);
        }
    }

    fn push_field(&mut self, field: &Field<'_>, known: bool) {
        let (lead, title) = if field.flattened {
            (String::new(), "")
        } else {
            (format!(",\"{}\":", field.name), field.title.as_str())
        };
        self.writer.push_text(Part::Lead, &lead);
        self.writer.push_text(Part::Title, title);
        let flags = [
            (Part::Known, known),
            (Part::Flattened, field.flattened),
            (Part::MayBeSkipped, field.may_be_skipped),
        ];
        flags
            .into_iter()
            .filter(|(_, is_set)| *is_set)
            .for_each(|(part, _)| self.writer.push(part));
        if !field.flattened {
            self.push_some(Part::Description, field.description.as_deref());
            self.push_attributes(field);
        }
    }

    fn push_attributes(&mut self, field: &Field<'_>) {
        let attributes = &field.attributes;
        let written = |text: &Option<LitStr>| text.as_ref().map(LitStr::value);
        self.push_some(Part::Namespace, written(&attributes.namespace).as_deref());
        self.push_some(Part::CustomType, written(&attributes.custom_type).as_deref());
        if let Some((format, _)) = attributes.format {
            let place = Format::ALL.iter().position(|known| *known == format);
            self.writer.push_number(Part::Format, place.unwrap_or_default());
        }
        for example in &attributes.examples {
            self.push_literal(example, Part::ExampleText, Part::ExampleValue);
        }
        if let Some(default) = &attributes.default {
            self.push_literal(default, Part::DefaultText, Part::DefaultValue);
        }
        if let Some(choice) = &attributes.choice {
            self.push_choice(choice);
        }
        if let Some((_, label)) = &attributes.items {
            self.push_label(label, [Part::ItemsTitle, Part::ItemsDescription]);
        }
        let role = field.role.map(|role| match role {
            Role::ScheduledAt => Part::FutureDate,
            Role::Contact => Part::Contact,
            Role::Member => Part::Member,
            Role::Visitor => Part::Visitor,
            Role::User => Part::User,
        });
        if let Some(part) = role {
            self.writer.push(part);
        }
        if attributes.hidden.is_some() {
            self.writer.push(Part::Hidden);
        }
    }

    fn push_literal(&mut self, literal: &Literal, as_text: Part, as_value: Part) {
        match &literal.value {
            Value::String(text) => self.writer.push_text(as_text, text),
            _ => self.push_value(literal, as_value),
        }
    }

    fn push_value(&mut self, literal: &Literal, part: Part) {
        self.writer.push_number(part, self.values.len());
        self.values.push(text::literal(literal));
    }

    pub(super) fn finish(self) -> Literals {
        let (text, parts) = self.writer.finish();
        Literals {
            text: format!("{text:?}"),
            parts: format!("b\"{}\"", parts.escape_ascii()),
            values: self.values.into_iter().fold(List::default(), List::with),
        }
    }
}

/// An outline as the derive writes it.
pub(super) struct Literals {
    pub(super) text: String,
    pub(super) parts: String,
    /// The examples and defaults that are no strings.
    pub(super) values: List,
}

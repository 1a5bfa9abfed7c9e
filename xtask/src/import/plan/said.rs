//! What `trigger` attributes say of a payload, of its properties and of their values.

use std::iter;

use trigger_core::schema::Format;
use trigger_dialect::sentence_case;

use super::super::Json;
use super::super::model::{Kind, Label, Payload, Property};
use super::super::print::literal;
use super::examples;
use super::fixed::Fixed;

/// An entry of an attribute.
#[derive(Clone)]
pub(in super::super) enum Said {
    /// `title = "…"`
    Plain(String),
    /// `items(title = "…")`
    List(&'static str, Vec<String>),
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self::Plain(text)
    }
}

/// `payload(…)`, where something is said of the payload as a whole.
pub(super) fn whole(payload: &Payload) -> Option<Said> {
    let object = Property::new("", Kind::Object(payload.properties.clone()));
    let mut entries = label(&payload.label);
    entries
        .extend(payload.default.as_ref().map(|it| format!("default = {}", literal(it, &object))));
    entries.extend(examples::written(&payload.examples, &object));
    (!entries.is_empty()).then_some(Said::List("payload", entries))
}

/// `title = "…"` and `description = "…"`, where there are such.
pub(super) fn label(label: &Label) -> Vec<String> {
    let texts = [("title", &label.title), ("description", &label.description)];
    let entry = |(name, text): (_, &Option<String>)| Some(format!("{name} = {:?}", text.as_ref()?));
    texts.into_iter().filter_map(entry).collect()
}

/// What the `trigger` attribute of a field says.
pub(super) fn entries(property: &Property) -> Vec<Said> {
    let fixed = Fixed::of(property);
    let text =
        |name: &str, text: &Option<String>| text.as_ref().map(|text| format!("{name} = {text:?}"));
    let title = property.title.clone().filter(|title| *title != sentence_case(&property.key));
    let format = property.format.filter(|_| !has_format_by_type(property) && fixed.is_none());
    let custom_type = property.custom_type.clone().filter(|_| fixed.is_none());
    let default = property.default.as_ref();
    let entries = [
        text("title", &title),
        format.map(|format| format!("format = {:?}", format.name())),
        choice(property),
        examples::entry(property),
        default.map(|default| format!("default = {}", literal(default, property))),
        property.is_hidden.then(|| "hidden".to_owned()),
        text("namespace", &property.namespace),
        text("custom_type", &custom_type),
    ];
    let entries = entries.into_iter().flatten().map(Said::Plain);
    entries.chain(items(&property.items)).collect()
}

/// Whether the type that stands for a string comes with its format.
pub(super) fn has_format_by_type(property: &Property) -> bool {
    let by_type = [Format::Uuid, Format::DateTime, Format::Date];
    property.choice.is_none() && property.format.is_some_and(|format| by_type.contains(&format))
}

/// `values = […]`, where a choice becomes no Rust enum.
fn choice(property: &Property) -> Option<String> {
    let choice = property.choice.as_ref()?;
    let value = |(value, label): &(Json, Label)| {
        let value = literal(value, property);
        if !choice.is_one_of {
            return value;
        }
        let texts = [("title", &label.title), ("description", &label.description)];
        let text =
            |(name, text): (_, &Option<String>)| Some(format!("{name:?}: {:?}", text.as_ref()?));
        let members = texts.into_iter().filter_map(text);
        let members: Vec<_> = iter::once(format!("\"const\": {value}")).chain(members).collect();
        format!("{{{}}}", members.join(", "))
    };
    let values: Vec<_> = choice.values.iter().map(value).collect();
    Some(format!("values = [{}]", values.join(", ")))
}

/// `items(…)`, where something is said of the items of an array.
fn items(said: &Label) -> Option<Said> {
    let entries = label(said);
    (!entries.is_empty()).then_some(Said::List("items", entries))
}

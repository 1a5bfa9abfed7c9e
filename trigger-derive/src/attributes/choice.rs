//! The values that a condition offers, as they are written.

use quote::ToTokens;
use syn::LitStr;
use trigger_dialect::Rule;

use super::entry::Entries;
use crate::errors::Errors;
use crate::literal::{Literal, Value};

/// `values = [1, 2]`, or `values = [{"const": 1, "title": "One"}, {"const": 2}]`
pub(crate) struct Choice {
    pub(crate) values: Vec<ChoiceValue>,
    /// Whether the values have a place for titles.
    pub(crate) is_one_of: bool,
    /// As it is written.
    pub(crate) list: Literal,
}

pub(crate) struct ChoiceValue {
    pub(crate) value: Literal,
    pub(crate) title: Option<String>,
    pub(crate) description: Option<String>,
}

/// What people read in the place of a value, of an item or of a payload.
#[derive(Default)]
pub(crate) struct Label {
    pub(crate) title: Option<LitStr>,
    pub(crate) description: Option<LitStr>,
}

impl Label {
    pub(crate) fn take(entries: &mut Entries<'_>) -> Self {
        Self { title: entries.take_text("title"), description: entries.take_text("description") }
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.title.is_none() && self.description.is_none()
    }
}

const SHAPE: &str = "values, all as `\"text\"`, `12` or `true`, or all as \
                     `{\"const\": 12, \"title\": \"Twelve\"}`";

impl Choice {
    pub(crate) fn take(entries: &mut Entries<'_>) -> Option<Self> {
        let list: Literal = entries.take_value("values", &format!("an array of {SHAPE}"))?;
        let errors = entries.errors();
        let Value::Array(items) = &list.value else {
            errors.push(
                &list,
                Rule::CHOICE_VALUES,
                format_args!("`values` is an array of {SHAPE}"),
            );
            return None;
        };
        let Some(first) = items.first() else {
            let words = format!("a choice without values offers nothing; write {SHAPE}");
            errors.push(&list, Rule::CHOICE_VALUES, words);
            return None;
        };
        let is_one_of = matches!(first.value, Value::Object(_));
        let mut values = Vec::with_capacity(items.len());
        for item in items {
            let value = if is_one_of { with_label(errors, item) } else { bare(errors, item) }?;
            if values.iter().any(|other: &ChoiceValue| other.value.is_same(&value.value)) {
                let words = "this value stands in the choice already; remove it";
                errors.push(&value.value, Rule::CHOICE_VALUES, words);
                return None;
            }
            values.push(value);
        }
        Some(Self { values, is_one_of, list })
    }

    pub(crate) fn contains(&self, value: &Literal) -> bool {
        self.values.iter().any(|choice| choice.value.is_same(value))
    }
}

/// `12`
fn bare(errors: &Errors, item: &Literal) -> Option<ChoiceValue> {
    if matches!(item.value, Value::Array(_) | Value::Object(_)) {
        errors.push(item, Rule::CHOICE_VALUES, format_args!("a choice has {SHAPE}"));
        return None;
    }
    Some(ChoiceValue { value: item.clone(), title: None, description: None })
}

/// `{"const": 12, "title": "Twelve"}`
fn with_label(errors: &Errors, item: &Literal) -> Option<ChoiceValue> {
    let refuse = |tokens: &dyn ToTokens, words: &str| {
        errors.push(tokens, Rule::CHOICE_VALUES, words);
        None
    };
    let Value::Object(members) = &item.value else {
        return refuse(item, &format!("a choice has {SHAPE}"));
    };
    let [mut title, mut description] = [None, None];
    let mut value = None;
    for (name, member) in members {
        match (name.value().as_str(), &member.value) {
            ("title" | "description", Value::String(text)) if text.trim().is_empty() => {
                let words = format!("`{}` is empty; write it or leave it out", name.value());
                errors.push(member, Rule::TEXT_PRESENT, words);
            }
            ("title", Value::String(text)) => title = Some(text.clone()),
            ("description", Value::String(text)) => description = Some(text.clone()),
            ("const", _) => value = bare(errors, member),
            _ => {
                return refuse(
                    name,
                    "a value has a `const`, and texts for `title` and `description`",
                );
            }
        }
    }
    match value {
        Some(ChoiceValue { value, .. }) => Some(ChoiceValue { value, title, description }),
        None if members.iter().any(|(name, _)| name.value() == "const") => None,
        None => refuse(item, "this value lacks its `const`: what stands in a payload"),
    }
}

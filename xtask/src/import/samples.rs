//! A payload from samples: what all of them have in common.

use std::collections::{BTreeSet, HashMap};

use trigger_core::schema::Format;
use trigger_dialect::{INTEGER_MAX, Rule, is_property_name};

use super::input::Document;
use super::json::step;
use super::model::{Kind, Label, Payload, Property};
use super::{Json, Refusal};

/// The payload that the samples are of, or all that keeps them from being imported.
pub(super) fn read(samples: &[Document<'_>]) -> Result<Payload, Vec<Refusal>> {
    let mut merger = Merger::default();
    let whole: Vec<_> = samples
        .iter()
        .map(|it| Seen { input: it.input, pointer: String::new(), value: &it.value })
        .collect();
    let objects = merger.only_objects(&whole, Rule::TRIGGER_SHAPE, "a payload is an object");
    let properties = merger.members(&objects, Level::First);
    if properties.is_empty() && merger.refusals.is_empty() {
        let words = "a payload has at least one property, and here is none; give a sample with all";
        merger.refuse(&whole[0], Rule::PROPERTY_PRESENT, words);
    }
    if merger.refusals.is_empty() {
        Ok(Payload {
            properties,
            label: Label::default(),
            default: None,
            examples: Vec::new(),
            knows_roles: false,
        })
    } else {
        Err(merger.refusals)
    }
}

/// A value of a sample.
#[derive(Clone)]
struct Seen<'a> {
    input: &'a str,
    pointer: String,
    value: &'a Json,
}

#[derive(Clone, Copy, PartialEq)]
enum Level {
    First,
    Second,
}

/// The JSON type of a value, where a float is another one than an integer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Type {
    Null,
    Boolean,
    Integer,
    Number,
    String,
    Array,
    Object,
}

impl Type {
    fn of(value: &Json) -> Self {
        match value {
            Json::Null => Self::Null,
            Json::Boolean(_) => Self::Boolean,
            Json::Integer(_) => Self::Integer,
            Json::Number(_) => Self::Number,
            Json::String(_) => Self::String,
            Json::Array(_) => Self::Array,
            Json::Object(_) => Self::Object,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Null => "`null`",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        }
    }
}

#[derive(Default)]
struct Merger {
    refusals: Vec<Refusal>,
}

impl Merger {
    fn refuse(&mut self, seen: &Seen<'_>, rule: Rule, words: impl std::fmt::Display) {
        self.refusals.push(Refusal::new(seen.input, &seen.pointer, rule, words));
    }

    /// Those that are objects; all others are refused.
    fn only_objects<'a>(&mut self, all: &[Seen<'a>], rule: Rule, words: &str) -> Vec<Seen<'a>> {
        let is_object = |seen: &&Seen<'_>| Type::of(seen.value) == Type::Object;
        for other in all.iter().filter(|seen| !is_object(seen)) {
            self.refuse(
                other,
                rule,
                format!("{words}, and this is {}", Type::of(other.value).words()),
            );
        }
        all.iter().filter(is_object).cloned().collect()
    }

    /// What these objects have in common, in the order in which their keys are met.
    fn members(&mut self, objects: &[Seen<'_>], level: Level) -> Vec<Property> {
        let (keys, mut values) = by_key(objects);
        let mut properties = Vec::new();
        for key in keys {
            let seen = values.remove(key).unwrap_or_default();
            self.name(key, &seen[0]);
            if let Some(property) = self.property(key, &seen, objects.len(), level) {
                properties.push(property);
            }
        }
        properties
    }

    fn name(&mut self, key: &str, seen: &Seen<'_>) {
        if !is_property_name(key) {
            let words = format!("`{key}`: {}; Wix takes no such key", Rule::PROPERTY_NAME.words);
            self.refuse(seen, Rule::PROPERTY_NAME, words);
        }
    }

    fn property(
        &mut self,
        key: &str,
        seen: &[Seen<'_>],
        objects: usize,
        level: Level,
    ) -> Option<Property> {
        let is_null = |seen: &&Seen<'_>| Type::of(seen.value) == Type::Null;
        let values: Vec<_> = seen.iter().filter(|seen| !is_null(seen)).cloned().collect();
        let Some(first) = values.first() else {
            let words = "`null` in all samples does not tell a type, and Wix's types have no \
                         `null`; give a sample with a value, or leave the key out";
            self.refuse(&seen[0], Rule::PROPERTY_TYPE, words);
            return None;
        };
        let kind = self.kind(&values, level)?;
        let mut property = Property::new(key, kind);
        property.is_required = values.len() == objects;
        if values.len() < seen.len() {
            let words = "`null` in a sample; Wix's types have none, and a `None` is left out.";
            property.notes.push(words.to_owned());
        }
        match property.kind {
            Kind::Text => property.format = format(&values),
            Kind::Object(_) | Kind::Array(_) => return Some(property),
            _ => {}
        }
        property.examples = vec![first.value.clone()];
        Some(property)
    }

    fn kind(&mut self, values: &[Seen<'_>], level: Level) -> Option<Kind> {
        let types: BTreeSet<_> = values.iter().map(|seen| Type::of(seen.value)).collect();
        let types: Vec<_> = types.into_iter().collect();
        match types.as_slice() {
            [Type::Boolean] => Some(Kind::Boolean),
            [Type::String] => Some(Kind::Text),
            [Type::Integer] => self.numbers(values).then_some(Kind::Integer),
            [Type::Number] | [Type::Integer, Type::Number] => {
                self.numbers(values).then_some(Kind::Number)
            }
            [Type::Object | Type::Array] if level == Level::Second => {
                let mend = "move it to the first level, with a key of its own";
                self.refuse(
                    &values[0],
                    Rule::MEMBER_TYPE,
                    format!("{}; {mend}", Rule::MEMBER_TYPE.words),
                );
                None
            }
            [Type::Object] => self.object(values),
            [Type::Array] => self.array(values),
            _ => {
                self.disagreement(values);
                None
            }
        }
    }

    /// Tells the first value of another type than the very first one.
    fn disagreement(&mut self, values: &[Seen<'_>]) {
        let first = &values[0];
        let is_other = |seen: &&Seen<'_>| Type::of(seen.value) != Type::of(first.value);
        let Some(other) = values.iter().find(is_other) else { return };
        let words = format!(
            "this is {}, and at {} of {} stands {}; a property has one type",
            Type::of(other.value).words(),
            first.pointer,
            first.input,
            Type::of(first.value).words(),
        );
        self.refuse(other, Rule::PROPERTY_TYPE, words);
    }

    /// Whether a payload carries these numbers with all their digits.
    fn numbers(&mut self, values: &[Seen<'_>]) -> bool {
        let too_large: Vec<_> = values.iter().filter(|seen| is_too_large(seen.value)).collect();
        for seen in &too_large {
            let words = "an integer of a payload is at most 2^53 either way, beyond which digits \
                         are lost; send a string";
            self.refuse(seen, Rule::INTEGER_RANGE, words);
        }
        too_large.is_empty()
    }

    fn object(&mut self, values: &[Seen<'_>]) -> Option<Kind> {
        let before = self.refusals.len();
        let members = self.members(values, Level::Second);
        if members.is_empty() && self.refusals.len() == before {
            let words = "an empty object does not tell its members, and an object has some; give a \
                         sample with them, or leave the key out";
            self.refuse(&values[0], Rule::PROPERTY_TYPE, words);
        }
        (!members.is_empty()).then_some(Kind::Object(members))
    }

    fn array(&mut self, values: &[Seen<'_>]) -> Option<Kind> {
        let items: Vec<_> = values.iter().flat_map(items).collect();
        if items.is_empty() {
            let words = "an empty array does not tell its items; give a sample with one, or leave \
                         the key out";
            self.refuse(&values[0], Rule::ITEM_TYPE, words);
            return None;
        }
        let objects = self.only_objects(&items, Rule::ITEM_TYPE, Rule::ITEM_TYPE.words);
        if objects.len() < items.len() {
            return None;
        }
        match self.object(&objects)? {
            Kind::Object(members) => Some(Kind::Array(members)),
            other => Some(other),
        }
    }
}

/// The keys of the objects, in the order in which they are met, and the values of each.
fn by_key<'a>(objects: &[Seen<'a>]) -> (Vec<&'a str>, HashMap<&'a str, Vec<Seen<'a>>>) {
    let mut keys = Vec::new();
    let mut values: HashMap<&str, Vec<Seen<'a>>> = HashMap::new();
    for object in objects {
        for (key, value) in object.value.members() {
            let pointer = format!("{}{}", object.pointer, step(key));
            let of_key = values.entry(key).or_insert_with(|| {
                keys.push(key.as_str());
                Vec::new()
            });
            of_key.push(Seen { input: object.input, pointer, value });
        }
    }
    (keys, values)
}

fn items<'a>(array: &Seen<'a>) -> Vec<Seen<'a>> {
    let at = |index: usize| format!("{}{}", array.pointer, step(&index.to_string()));
    let items = array.value.items().iter().enumerate();
    items.map(|(index, value)| Seen { input: array.input, pointer: at(index), value }).collect()
}

#[allow(clippy::cast_precision_loss)]
fn is_too_large(value: &Json) -> bool {
    match value {
        Json::Integer(value) => value.unsigned_abs() > INTEGER_MAX.into(),
        // More digits than an `i64` has arrive as a float.
        Json::Number(value) => value.abs() > INTEGER_MAX as f64,
        _ => false,
    }
}

/// The format that all of the strings have.
fn format(values: &[Seen<'_>]) -> Option<Format> {
    let fits = |format: &Format| {
        let mut texts = values.iter().filter_map(|seen| seen.value.as_str());
        texts.all(|text| is_of(*format, text))
    };
    let known = [Format::Uuid, Format::DateTime, Format::Date, Format::Email, Format::Uri];
    known.into_iter().find(fits)
}

fn is_of(format: Format, text: &str) -> bool {
    // `INV:42` is a URI, too.
    let is_meant = format != Format::Uri || text.contains("://");
    is_meant && format.fits(text)
}

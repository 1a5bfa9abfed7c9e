//! The examples and defaults that stand in a document.

use serde_json::{Map, Value};

/// A step into a payload.
#[derive(Clone, Copy)]
pub(super) enum Step<'a> {
    Property(&'a str),
    Item,
}

impl<'a> Step<'a> {
    /// The step's part of a JSON pointer into a payload that holds one item.
    pub(super) fn in_payload(&self) -> &'a str {
        match self {
            Self::Property(name) => name,
            Self::Item => "0",
        }
    }

    /// The object or array that the step leads out of to `value`.
    pub(super) fn around(value: Value, step: &Self) -> Value {
        match step {
            Self::Property(name) => Value::Object(Map::from_iter([((*name).to_owned(), value)])),
            Self::Item => Value::Array(vec![value]),
        }
    }
}

/// An example or a default of a document.
pub(super) struct Sample<'a> {
    /// Where it stands in the document.
    pub(super) pointer: String,
    /// Where its value would stand in a payload.
    pub(super) place: Vec<Step<'a>>,
    pub(super) value: &'a Value,
    /// What describes it.
    schema: &'a Value,
}

impl<'a> Sample<'a> {
    pub(super) fn all(document: &'a Value) -> Vec<Self> {
        let mut samples = Vec::new();
        Self::collect(document, "", &[], &mut samples);
        samples
    }

    /// Whether it is the default of a whole payload: Wix's own samples have an empty one, whatever is
    /// required.
    pub(super) fn may_lack_properties(&self) -> bool {
        self.pointer == "/default"
    }

    /// The places of members that no `properties` describe: no struct writes them.
    pub(super) fn undescribed(&self) -> Vec<String> {
        let mut places = Vec::new();
        undescribed(self.schema, self.value, &self.pointer, &mut places);
        places
    }

    /// Adds the samples of `schema`, which stands at `pointer` and describes what stands at
    /// `place`.
    fn collect(schema: &'a Value, pointer: &str, place: &[Step<'a>], samples: &mut Vec<Self>) {
        let here = |pointer, value| Self { pointer, place: place.to_vec(), value, schema };
        if let Some(value) = schema.get("default") {
            samples.push(here(format!("{pointer}/default"), value));
        }
        let examples = schema.get("examples").and_then(Value::as_array);
        for (index, value) in examples.into_iter().flatten().enumerate() {
            samples.push(here(format!("{pointer}/examples/{index}"), value));
        }
        if let Some(items) = schema.get("items") {
            let place = [place, &[Step::Item]].concat();
            Self::collect(items, &format!("{pointer}/items"), &place, samples);
        }
        let properties = schema.get("properties").and_then(Value::as_object);
        for (name, property) in properties.into_iter().flatten() {
            let pointer = format!("{pointer}/properties{}", pointer_of([name.as_str()]));
            let place = [place, &[Step::Property(name)]].concat();
            Self::collect(property, &pointer, &place, samples);
        }
    }
}

fn undescribed(schema: &Value, value: &Value, pointer: &str, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            let Some(described) = schema.get("properties").and_then(Value::as_object) else {
                return;
            };
            for (name, value) in members {
                let place = format!("{pointer}{}", pointer_of([name.as_str()]));
                match described.get(name) {
                    Some(schema) => undescribed(schema, value, &place, places),
                    None => places.push(place),
                }
            }
        }
        Value::Array(items) => {
            let Some(schema) = schema.get("items") else { return };
            for (index, item) in items.iter().enumerate() {
                undescribed(schema, item, &format!("{pointer}/{index}"), places);
            }
        }
        _ => {}
    }
}

/// The JSON pointer that these steps make.
pub(crate) fn pointer_of<'a>(steps: impl IntoIterator<Item = &'a str>) -> String {
    steps
        .into_iter()
        .flat_map(|step| ["/".to_owned(), step.replace('~', "~0").replace('/', "~1")])
        .collect()
}

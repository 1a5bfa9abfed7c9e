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
}

impl<'a> Sample<'a> {
    pub(super) fn all(document: &'a Value) -> Vec<Self> {
        let mut samples = Vec::new();
        Self::collect(document, "", &[], &mut samples);
        // Wix's own samples have an empty one, whatever is required.
        samples.retain(|sample| sample.pointer != "/default");
        samples
    }

    /// Adds the samples of `schema`, which stands at `pointer` and describes what stands at
    /// `place`.
    fn collect(schema: &'a Value, pointer: &str, place: &[Step<'a>], samples: &mut Vec<Self>) {
        let here = |pointer, value| Self { pointer, place: place.to_vec(), value };
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

/// The JSON pointer that these steps make.
pub(crate) fn pointer_of<'a>(steps: impl IntoIterator<Item = &'a str>) -> String {
    steps
        .into_iter()
        .flat_map(|step| ["/".to_owned(), step.replace('~', "~0").replace('/', "~1")])
        .collect()
}

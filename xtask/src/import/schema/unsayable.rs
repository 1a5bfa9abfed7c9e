//! What Wix's dialect has and no struct can say: the export never writes it.

use super::super::json::step;
use super::super::{Json, Refusal};

/// All of a document, with the keywords and where they stand.
pub(super) fn all(input: &str, document: &Json) -> Vec<Refusal> {
    let mut found = Found { input, refusals: Vec::new() };
    for keyword in ["title", "description", "default", "examples"] {
        found.keyword(document, "", keyword, "a struct says nothing of the payload as a whole");
    }
    found.members(document, "");
    found.refusals
}

struct Found<'a> {
    input: &'a str,
    refusals: Vec<Refusal>,
}

impl Found<'_> {
    fn push(&mut self, pointer: &str, keyword: &str, words: &str) {
        self.refusals.push(Refusal::of_keyword(self.input, pointer, keyword, words));
    }

    /// Refuses the keyword if it stands there.
    fn keyword(&mut self, schema: &Json, pointer: &str, keyword: &str, words: &str) {
        if schema.get(keyword).is_some() {
            self.push(pointer, keyword, words);
        }
    }

    /// What stands inside of an object's members.
    fn members(&mut self, object: &Json, pointer: &str) {
        for (key, schema) in object.get("properties").map_or(&[][..], Json::members) {
            self.property(schema, &format!("{pointer}/properties{}", step(key)));
        }
    }

    fn property(&mut self, schema: &Json, pointer: &str) {
        self.choice(schema, pointer);
        for keyword in ["hidden", "futureDate"] {
            if matches!(schema.get(keyword), Some(Json::Boolean(false))) {
                self.push(pointer, keyword, "`false` goes without saying; remove it");
            }
        }
        self.values(schema, pointer);
        self.members(schema, pointer);
        if let Some(items) = schema.get("items") {
            let pointer = format!("{pointer}/items");
            for keyword in ["title", "description"] {
                self.keyword(
                    items,
                    &pointer,
                    keyword,
                    "a struct says nothing of items by themselves",
                );
            }
            self.members(items, &pointer);
        }
    }

    fn choice(&mut self, schema: &Json, pointer: &str) {
        let is_text = schema.get("type").and_then(Json::as_str) == Some("string");
        for keyword in ["enum", "oneOf"] {
            if schema.get(keyword).is_none() {
                continue;
            }
            if !is_text {
                self.push(pointer, keyword, "a Rust enum has values that are strings");
            } else if keyword == "oneOf" {
                self.push(
                    pointer,
                    keyword,
                    "a Rust enum becomes `enum`, whose values have no titles",
                );
            }
            let words = "a Rust enum has no format; keep one of the two";
            self.keyword(schema, pointer, "format", words);
        }
    }

    fn values(&mut self, schema: &Json, pointer: &str) {
        if let Some(words) = schema.get("default").and_then(|value| why(schema, value)) {
            self.push(pointer, "default", words);
        }
        let examples = schema.get("examples").map_or(&[][..], Json::items);
        for (index, example) in examples.iter().enumerate() {
            if let Some(words) = why(schema, example) {
                let keyword = "examples";
                let mut refusal = Refusal::of_keyword(self.input, pointer, keyword, words);
                refusal.pointer.push_str(&step(&index.to_string()));
                self.refusals.push(refusal);
            }
        }
    }
}

/// Why an attribute cannot hold an example or a default, if it cannot.
pub(super) fn why(schema: &Json, value: &Json) -> Option<&'static str> {
    match value {
        Json::Integer(value) if !is_exact(*value) => {
            Some("this number has more digits than a payload carries")
        }
        Json::Array(items) => {
            let schema = schema.get("items")?;
            items.iter().find_map(|item| why(schema, item))
        }
        Json::Object(members) => {
            let described = schema.get("properties")?;
            members.iter().find_map(|(name, value)| match described.get(name) {
                Some(schema) => why(schema, value),
                None => Some(
                    "it has a member that `properties` does not describe, and a struct \
                              has no more members than its schema",
                ),
            })
        }
        _ => None,
    }
}

/// Whether the number is the same as a float.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn is_exact(value: i128) -> bool {
    (value as f64) as i128 == value
}

//! Numbers whose digits no payload carries: a struct cannot say what Wix would not keep.

use trigger_dialect::Rule;

use super::super::json::step;
use super::super::{Json, Refusal};

/// The numbers among the examples, defaults and choices of a document that are not the same as a
/// float, with their places; those of integers are told by the dialect.
pub(super) fn lost(input: &str, document: &Json) -> Vec<Refusal> {
    let mut found = Found { input, refusals: Vec::new() };
    found.schema(document, "");
    found.refusals
}

struct Found<'a> {
    input: &'a str,
    refusals: Vec<Refusal>,
}

impl Found<'_> {
    fn schema(&mut self, schema: &Json, pointer: &str) {
        if schema.get("type").and_then(Json::as_str) != Some("integer") {
            for keyword in ["default", "examples", "enum", "oneOf"] {
                let value = schema.get(keyword);
                value.inspect(|value| self.value(value, &format!("{pointer}/{keyword}")));
            }
        }
        for (key, schema) in schema.get("properties").map_or(&[][..], Json::members) {
            self.schema(schema, &format!("{pointer}/properties{}", step(key)));
        }
        if let Some(items) = schema.get("items") {
            self.schema(items, &format!("{pointer}/items"));
        }
    }

    fn value(&mut self, value: &Json, pointer: &str) {
        match value {
            Json::Integer(number) if !is_exact(*number) => {
                let words = "this number has more digits than a payload carries";
                self.refusals.push(Refusal::new(self.input, pointer, Rule::INTEGER_RANGE, words));
            }
            Json::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &format!("{pointer}/{index}"));
                }
            }
            Json::Object(members) => {
                for (key, value) in members {
                    self.value(value, &format!("{pointer}{}", step(key)));
                }
            }
            _ => {}
        }
    }
}

/// Whether the number is the same as a float.
#[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation)]
fn is_exact(value: i128) -> bool {
    (value as f64) as i128 == value
}

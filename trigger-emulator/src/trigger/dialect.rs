//! What of a payload schema Wix would not take.

use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::{ValidationError, ValidationErrorKind};
use serde_json::Value;
use trigger_dialect::{META_SCHEMA, Rule, Weight};

/// The most places that are told of one schema.
const SHOWN: usize = 10;

/// The meta-schema, compiled when it is first asked.
static DIALECT: LazyLock<Result<(Value, Validator), String>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(META_SCHEMA).map_err(|error| error.to_string())?;
    let options = super::validation_options();
    let validator = options.build(&schema).map_err(|error| error.to_string())?;
    Ok((schema, validator))
});

/// Where a schema says what Wix's documents refuse, and by which rule.
///
/// What they only suggest to be wrong passes, and what is still missing: a schema of the first day
/// is good enough to report events.
pub(super) fn judge(document: &Value) -> Result<(), String> {
    let (schema, validator) = DIALECT.as_ref().map_err(Clone::clone)?;
    let errors = validator.iter_errors(document);
    let mut broken: Vec<_> = errors.filter_map(|error| broken(schema, &error)).collect();
    broken.sort_unstable();
    broken.dedup();
    let more = broken.len().saturating_sub(SHOWN);
    broken.truncate(SHOWN);
    if more > 0 {
        broken.push(format!("and {more} more"));
    }
    if broken.is_empty() { Ok(()) } else { Err(broken.join("; ")) }
}

fn broken(schema: &Value, error: &ValidationError<'_>) -> Option<String> {
    let rule = rule_of(schema, error.schema_path().as_str())?;
    let is_missing = matches!(error.kind(), ValidationErrorKind::Required { .. });
    if is_missing || !matches!(rule.weight, Weight::Certain | Weight::Strong) {
        return None;
    }
    let (place, mut value) = (error.instance_path().as_str(), error.instance().as_ref());
    if let ValidationErrorKind::PropertyNames { error } = error.kind() {
        value = error.instance().as_ref();
    }
    let place = if place.is_empty() { "(root)" } else { place };
    let Rule { id, words, .. } = rule;
    Some(match value {
        Value::Array(_) | Value::Object(_) => format!("{place}: {words} ({id})"),
        value => format!("{place}: {value} will not do, for {words} ({id})"),
    })
}

/// The rule that stands nearest to the keyword at `path`: one for a schema, or for each keyword.
fn rule_of(schema: &Value, path: &str) -> Option<Rule> {
    let (mut here, mut id) = (schema, None);
    for step in path.split('/').skip(1) {
        id = named_rule(here, step).or(id);
        let inner = match here {
            Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
            _ => here.get(step),
        };
        here = inner.unwrap_or(here);
    }
    id.and_then(Rule::find)
}

fn named_rule<'s>(schema: &'s Value, keyword: &str) -> Option<&'s str> {
    match schema.get("x-rule")? {
        Value::String(id) => Some(id),
        by_keyword => by_keyword.get(keyword).or(by_keyword.get("*"))?.as_str(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn judged(property: &Value) -> Result<(), String> {
        judge(&json!({ "type": "object", "properties": { "seats": property } }))
    }

    #[test]
    fn what_wix_refuses_is_told_by_place_and_rule() {
        for (property, words) in [
            (
                json!({ "type": "int", "title": "Seats" }),
                "/properties/seats/type: \"int\" will not do, for a property is a string, number, \
                 integer, boolean, array of objects or object (T022)",
            ),
            (
                json!({ "type": "string", "title": "Seats", "format": "uid" }),
                "/properties/seats/format: \"uid\" will not do, for a format is one of draft-07's, \
                 or Wix's `number` (T043)",
            ),
            (
                json!({ "type": "integer", "title": "Seats", "examples": ["many"] }),
                "/properties/seats/examples/0: \"many\" will not do, for an example or default is \
                 of its property's own type (T041)",
            ),
            (
                json!({ "type": "array", "title": "Seats", "items": { "type": "string" } }),
                "/properties/seats/items/type: \"string\" will not do, for the items of an array \
                 are objects (T024)",
            ),
            (
                json!({ "type": "object", "title": "Seats", "properties": { "_a": {} } }),
                "/properties/seats/properties: \"_a\" will not do, for a property's name holds \
                 only `A-Z`, `a-z`, `0-9` and `_`, and does not start with `_` (T020)",
            ),
        ] {
            assert_eq!(judged(&property), Err(words.to_owned()));
        }
    }

    #[test]
    fn what_is_missing_or_only_inferred_passes() {
        for document in [json!({}), json!({ "type": "object" }), json!({ "$comment": "a draft" })] {
            assert_eq!(judge(&document), Ok(()));
        }
        assert_eq!(judged(&json!({})), Ok(()));
        assert_eq!(judged(&json!({ "type": "integer", "minimum": 0 })), Ok(()));
        // The rule of the range is only inferred; that of the type, which is around it, is certain.
        assert_eq!(judged(&json!({ "type": "integer", "examples": [1_u64 << 60] })), Ok(()));
    }

    #[test]
    fn not_all_of_many_is_told() {
        let properties: serde_json::Map<_, _> =
            (0..1_000).map(|number| (format!("p{number}"), json!({ "type": 7 }))).collect();
        let told = judge(&json!({ "properties": properties })).expect_err("mistakes");
        assert!(told.len() < 2_000 && told.ends_with("; and 990 more"), "{told}");
    }
}

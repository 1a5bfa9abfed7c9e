//! Wix's dialect as its meta-schema has it, and what no meta-schema can say.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use jsonschema::Validator;
use jsonschema::error::{ValidationError, ValidationErrorKind};
use serde_json::{Value, json};
use trigger_dialect::{META_SCHEMA, Rule};

use super::{Finding, pointer_of};

/// The meta-schema, compiled when it is first asked.
static DIALECT: LazyLock<Result<(Value, Validator), String>> = LazyLock::new(|| {
    let schema: Value = serde_json::from_str(META_SCHEMA).map_err(|error| error.to_string())?;
    let validator = super::options().build(&schema).map_err(|error| error.to_string())?;
    Ok((schema, validator))
});

/// What of the document is not in the dialect, but for its examples and defaults.
pub(super) fn findings(document: &Value) -> Vec<Finding> {
    match &*DIALECT {
        Ok((schema, validator)) => {
            let by_schema = validator.iter_errors(document);
            let mut findings: Vec<_> =
                by_schema.flat_map(|error| from_error(schema, &error)).collect();
            findings.extend(object(document, ""));
            findings.extend(once(document));
            findings
        }
        // A test holds that this does not happen.
        Err(words) => vec![Finding::new(Rule::KEYWORD_KNOWN, "", words)],
    }
}

fn from_error(schema: &Value, error: &ValidationError<'_>) -> Vec<Finding> {
    let rule = rule_of(schema, error.schema_path().as_str());
    let place = error.instance_path().as_str();
    let at = |key: &str, message: String| {
        Finding::new(rule, &format!("{place}{}", pointer_of([key])), message)
    };
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected } => unexpected
            .iter()
            .map(|key| at(key, format!("`{key}` is no keyword of the dialect here")))
            .collect(),
        ValidationErrorKind::PropertyNames { error } => {
            let key = error.instance().as_str().unwrap_or_default();
            vec![at(key, format!("`{key}`: {}", rule.words))]
        }
        ValidationErrorKind::Enum { options } => {
            vec![Finding::new(rule, place, format!("{} is not one of {options}", error.instance()))]
        }
        ValidationErrorKind::Constant { expected_value } if **expected_value == true => {
            vec![Finding::new(rule, place, "this is `true`, or it is left out")]
        }
        // The schema in these messages says less than the rule's words.
        ValidationErrorKind::Not { .. } | ValidationErrorKind::Pattern { .. } => {
            vec![Finding::new(rule, place, rule.words)]
        }
        _ => vec![Finding::new(rule, place, error)],
    }
}

/// The rule that stands nearest to the keyword at `path`, in an `x-rule` of its own schema or of
/// one around it: one id, or one for each keyword.
fn rule_of(schema: &Value, path: &str) -> Rule {
    let mut here = schema;
    let mut id = None;
    for step in path.split('/').skip(1) {
        id = named_rule(here, step).or(id);
        let inner = match here {
            Value::Array(items) => step.parse().ok().and_then(|index: usize| items.get(index)),
            _ => here.get(step),
        };
        here = inner.unwrap_or(here);
    }
    id.and_then(Rule::find).unwrap_or(Rule::KEYWORD_KNOWN)
}

fn named_rule<'s>(schema: &'s Value, keyword: &str) -> Option<&'s str> {
    match schema.get("x-rule")? {
        Value::String(id) => Some(id),
        by_keyword => by_keyword.get(keyword).or(by_keyword.get("*"))?.as_str(),
    }
}

/// `required` names what `properties` describes, and choices differ, in this object and those
/// inside it.
fn object(schema: &Value, pointer: &str) -> Vec<Finding> {
    let Some(properties) = schema.get("properties").and_then(Value::as_object) else {
        return Vec::new();
    };
    let required = schema.get("required").and_then(Value::as_array);
    let names = required.into_iter().flatten().enumerate();
    let unknown = names.filter_map(|(index, name)| {
        let name = name.as_str()?;
        let message = format!("`{name}` is required, but `properties` does not describe it");
        let place = format!("{pointer}/required/{index}");
        let is_known = properties.contains_key(name);
        (!is_known).then(|| Finding::new(Rule::REQUIRED_DESCRIBED, &place, message))
    });
    let mut findings: Vec<_> = unknown.collect();
    for (name, property) in properties {
        let pointer = format!("{pointer}/properties{}", pointer_of([name.as_str()]));
        findings.extend(choices_differ(property, &pointer));
        findings.extend(choices_fit(property, &pointer));
        findings.extend(object(property, &pointer));
        if let Some(items) = property.get("items") {
            findings.extend(object(items, &format!("{pointer}/items")));
        }
    }
    findings
}

/// The `const`s of a `oneOf`; those of an `enum` are the meta-schema's.
fn choices_differ(property: &Value, pointer: &str) -> Option<Finding> {
    let choices = property.get("oneOf").and_then(Value::as_array)?;
    let mut values = HashSet::new();
    let again = choices.iter().position(|choice| !values.insert(choice.get("const")))?;
    let place = format!("{pointer}/oneOf/{again}/const");
    Some(Finding::new(Rule::CHOICE_VALUES, &place, "this value stands before already"))
}

/// The values of a choice fit the format beside it.
fn choices_fit(property: &Value, pointer: &str) -> Vec<Finding> {
    let Some(format) = property.get("format") else { return Vec::new() };
    let list =
        |keyword: &str| property.get(keyword).and_then(Value::as_array).into_iter().flatten();
    let of_enum = list("enum").enumerate().map(|(at, value)| (format!("enum/{at}"), value));
    let of_one_of = list("oneOf").enumerate();
    let of_one_of = of_one_of
        .filter_map(|(at, choice)| Some((format!("oneOf/{at}/const"), choice.get("const")?)));
    let mut values = of_enum.chain(of_one_of).peekable();
    if values.peek().is_none() {
        return Vec::new();
    }
    // An unknown format is told by the meta-schema.
    let Ok(validator) = super::options().build(&json!({ "format": format })) else {
        return Vec::new();
    };
    let misfits = values.filter(|(_, value)| !validator.is_valid(value));
    let misfit = |(place, value)| {
        let message = format!("{value} is not a {format}");
        Finding::new(Rule::EXAMPLE_FORMAT, &format!("{pointer}/{place}"), message)
    };
    misfits.map(misfit).collect()
}

/// One date-time makes the trigger scheduled, and it is required; one property for each type of
/// identity.
fn once(document: &Value) -> Vec<Finding> {
    let required = document.get("required").and_then(Value::as_array);
    let is_required =
        |name: &str| required.into_iter().flatten().any(|key| key.as_str() == Some(name));
    let mut findings = Vec::new();
    let mut dates = 0;
    let mut identities = HashMap::new();
    let properties = document.get("properties").and_then(Value::as_object);
    for (name, property) in properties.into_iter().flatten() {
        let pointer = format!("/properties{}", pointer_of([name.as_str()]));
        let mut find = |rule, keyword: &str, message: String| {
            findings.push(Finding::new(rule, &format!("{pointer}/{keyword}"), message));
        };
        if property.get("futureDate") == Some(&Value::Bool(true)) {
            dates += 1;
            if dates > 1 {
                let words = "a trigger has one date that its events happen at, and this is another";
                find(Rule::SCHEDULED_AT, "futureDate", words.to_owned());
            }
            if !is_required(name) {
                let words = format!("the date that events happen at is required; add `{name}`");
                find(Rule::SCHEDULED_AT, "futureDate", words);
            }
        }
        if let Some(identity) = property.get("identityType").and_then(Value::as_str)
            && let Some(first) = identities.insert(identity, name)
        {
            let words = format!("`{first}` holds the id of the {identity} already");
            find(Rule::IDENTITY, "identityType", words);
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_meta_schema_is_one() {
        let (schema, _) = DIALECT.as_ref().expect("compiles");
        assert!(jsonschema::draft7::meta::is_valid(schema));
    }

    /// Every `x-rule` that stands in `schema`.
    fn ids(schema: &Value, into: &mut Vec<String>) {
        let members = schema.as_object().into_iter().flatten();
        for (key, value) in members {
            match value {
                Value::String(id) if key == "x-rule" => into.push(id.clone()),
                Value::Object(by_keyword) if key == "x-rule" => {
                    into.extend(by_keyword.values().map(|id| id.as_str().unwrap().to_owned()));
                }
                value => ids(value, into),
            }
        }
        schema.as_array().into_iter().flatten().for_each(|item| ids(item, into));
    }

    #[test]
    fn its_rules_are_in_the_table() {
        let (schema, _) = DIALECT.as_ref().expect("compiles");
        let mut named = Vec::new();
        ids(schema, &mut named);
        assert!(named.len() > 40, "{named:?}");
        for id in named {
            assert!(Rule::find(&id).is_some(), "{id}");
        }
    }
}

//! The one judge of schema documents and payloads.
//!
//! The export, the other commands and the tests all ask here, so that a document is never valid
//! for one of them only. Documents are read as JSON Schema draft-07, whatever their `$schema`
//! says, and formats are asserted, Wix's `number` and the `uuid` that draft-07 does not know
//! among them.

mod dialect;
mod sample;

use std::fmt;

use jsonschema::error::ValidationErrorKind;
use jsonschema::{Draft, Validator};
use serde_json::Value;
use trigger_core::schema::Format;
use trigger_dialect::Rule;

pub(crate) use sample::pointer_of;
use sample::{Sample, Step};

/// Something that is wrong with a payload.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Problem {
    /// Where it is: a JSON pointer (RFC 6901) into what was judged.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() { "(root)" } else { &self.pointer };
        write!(formatter, "{pointer}: {}", self.message)
    }
}

impl Problem {
    fn from_error(error: &jsonschema::ValidationError<'_>) -> Self {
        Self { pointer: error.instance_path().as_str().to_owned(), message: error.to_string() }
    }
}

/// A rule that a schema document breaks, or a type in it.
///
/// ```
/// use serde_json::json;
/// use trigger_xtask::judge;
///
/// let findings = judge::document(&json!({ "type": "object", "properties": {} }));
/// assert_eq!(findings[0].rule.id, "T008");
/// assert_eq!(findings[0].pointer, "/properties");
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The rule; `cargo xtask rules` explains each.
    pub rule: Rule,
    /// Where it is broken: a JSON pointer (RFC 6901) into the document, and for `T052`, which is
    /// about what a type writes, into a payload.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

impl Finding {
    pub(crate) fn new(rule: Rule, pointer: &str, message: impl fmt::Display) -> Self {
        Self { rule, pointer: pointer.to_owned(), message: message.to_string() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pointer = if self.pointer.is_empty() { "(root)" } else { &self.pointer };
        write!(formatter, "[{}] {pointer}: {}", self.rule.id, self.message)
    }
}

/// A judge of payloads, made of a schema document once and kept: compiling takes longer than
/// judging.
///
/// ```
/// use serde_json::json;
/// use trigger_xtask::judge::Judge;
///
/// let judge = Judge::new(&json!({
///     "type": "object",
///     "properties": { "contactId": { "type": "string", "format": "uuid" } },
///     "required": ["contactId"],
/// }))
/// .expect("a valid document");
///
/// let problems = judge.payload(&json!({ "contactId": "abc" }));
/// assert_eq!(problems[0].to_string(), r#"/contactId: "abc" is not a "uuid""#);
/// ```
#[derive(Debug)]
pub struct Judge {
    validator: Validator,
}

impl Judge {
    /// A judge of the payloads that `document` describes.
    ///
    /// # Errors
    ///
    /// The problems that make `document` no draft-07 schema, or one with a format that neither
    /// draft-07 nor Wix knows.
    pub fn new(document: &Value) -> Result<Self, Vec<Problem>> {
        Self::compile(document, &options())
    }

    fn compile(
        document: &Value,
        options: &jsonschema::ValidationOptions<'_>,
    ) -> Result<Self, Vec<Problem>> {
        let meta = jsonschema::draft7::meta::validator();
        let problems = sorted(meta.iter_errors(document));
        if !problems.is_empty() {
            return Err(problems);
        }
        match options.build(document) {
            Ok(validator) => Ok(Self { validator }),
            Err(error) => Err(vec![Problem::from_error(&error)]),
        }
    }

    /// What is wrong with a payload, in the order of the pointers; nothing if it fits.
    #[must_use]
    pub fn payload(&self, payload: &Value) -> Vec<Problem> {
        sorted(self.validator.iter_errors(payload))
    }

    /// What is wrong with an example or a default of the document that the judge was made of.
    fn sample(&self, sample: &Sample<'_>) -> Vec<Finding> {
        let place = pointer_of(sample.place.iter().map(Step::in_payload));
        let payload = sample.place.iter().rev().fold(sample.value.clone(), Step::around);
        let findings = self.validator.iter_errors(&payload).filter_map(|error| {
            // A payload of this one value lacks what is required beside it.
            let inside = error.instance_path().as_str().strip_prefix(&place)?;
            let rule = match error.kind() {
                ValidationErrorKind::Format { .. } => Rule::EXAMPLE_FORMAT,
                ValidationErrorKind::Required { .. }
                    if inside.is_empty() && sample.may_lack_properties() =>
                {
                    return None;
                }
                _ => Rule::EXAMPLE_TYPE,
            };
            Some(Finding::new(rule, &format!("{}{inside}", sample.pointer), &error))
        });
        let undescribed = sample.undescribed().into_iter().map(|place| {
            let words = "`properties` does not describe this member; describe it or remove it";
            Finding::new(Rule::EXAMPLE_TYPE, &place, words)
        });
        findings.chain(undescribed).collect()
    }
}

/// What is wrong with a schema document; nothing if it is right.
///
/// It must be in Wix's dialect, and so valid against draft-07's own meta-schema, and every
/// example and default in it must fit its property. Findings come in the order of their pointers.
///
/// ```
/// use serde_json::json;
/// use trigger_xtask::judge;
///
/// let findings = judge::document(&json!({
///     "type": "object",
///     "properties": { "seats": { "type": "integer", "title": "Seats", "examples": ["many"] } },
/// }));
/// assert_eq!(
///     findings[0].to_string(),
///     r#"[T041] /properties/seats/examples/0: "many" is not of type "integer""#,
/// );
/// ```
#[must_use]
pub fn document(document: &Value) -> Vec<Finding> {
    let mut findings = dialect::findings(document);
    // The dialect refuses unknown formats; all other examples are judged nevertheless.
    match Judge::compile(document, &options().should_ignore_unknown_formats(true)) {
        Ok(judge) => {
            let of_samples = samples(&judge, document).into_iter();
            // A sample of another type is seen by the dialect already.
            let is_told = |it: &Finding| {
                findings.iter().any(|told| told.rule == it.rule && told.pointer == it.pointer)
            };
            let untold: Vec<_> = of_samples.filter(|it| !is_told(it)).collect();
            findings.extend(untold);
        }
        // The dialect has words for what is no draft-07 at all.
        Err(_) if !findings.is_empty() => {}
        Err(problems) => {
            findings.extend(problems.iter().map(|problem| {
                Finding::new(Rule::KEYWORD_KNOWN, &problem.pointer, &problem.message)
            }));
        }
    }
    findings.sort_by(|one, other| {
        let key = |finding: &Finding| (finding.pointer.clone(), finding.rule.id);
        key(one).cmp(&key(other)).then_with(|| one.message.cmp(&other.message))
    });
    findings
}

/// What is wrong with the examples and defaults of the document that the judge was made of.
fn samples(judge: &Judge, document: &Value) -> Vec<Finding> {
    Sample::all(document).iter().flat_map(|sample| judge.sample(sample)).collect()
}

/// Draft-07 by name, and the formats as the derive and the writer of payloads judge them:
/// jsonschema knows `uuid` and `number` not at all, and takes `*026-01-15` for a date. What
/// nobody knows fits.
fn options() -> jsonschema::ValidationOptions<'static> {
    let mut options = jsonschema::draft7::options()
        .offline()
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false);
    for format in Format::ALL {
        if format.is_judged() || !options.is_known_format(Draft::Draft7, format.name()) {
            options = options.with_format(format.name(), |text: &str| format.fits(text));
        }
    }
    options
}

/// Problems in the order of their pointers: jsonschema's own order depends on the features that
/// the rest of the build turns on in `serde_json`.
fn sorted<'a>(errors: impl Iterator<Item = jsonschema::ValidationError<'a>>) -> Vec<Problem> {
    let mut problems: Vec<_> = errors.map(|error| Problem::from_error(&error)).collect();
    problems.sort();
    problems
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn with_property(property: &Value) -> Value {
        json!({ "type": "object", "properties": { "it": property } })
    }

    /// What is wrong with the examples and defaults.
    fn samples_of(document: &Value) -> Vec<String> {
        let judge = Judge::new(document).expect("a valid document");
        let mut findings: Vec<_> =
            samples(&judge, document).iter().map(Finding::to_string).collect();
        findings.sort();
        findings
    }

    #[test]
    fn what_is_no_draft_07_is_no_dialect_either() {
        let findings = document(&json!({
            "type": "object",
            "properties": { "it": { "type": "strin", "title": 1, "examples": [] } },
            "required": "it",
        }));
        let places: Vec<_> =
            findings.iter().map(|finding| (finding.pointer.as_str(), finding.rule.id)).collect();
        assert_eq!(
            places,
            [
                ("/properties/it/examples", "T040"),
                ("/properties/it/title", "T046"),
                ("/properties/it/type", "T022"),
                ("/required", "T027"),
            ]
        );
    }

    #[test]
    fn the_draft_is_seven_whatever_the_document_says() {
        // `prefixItems` constrains in 2020-12 and is unknown to draft-07.
        let judge = Judge::new(&json!({
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            "prefixItems": [{ "type": "string" }],
        }))
        .expect("a valid document");
        assert_eq!(judge.payload(&json!([1])), []);
    }

    #[test]
    fn formats_of_wix_and_of_draft_07_are_asserted() {
        for format in Format::ALL {
            let property = json!({ "type": "string", "format": format.name() });
            let judge = Judge::new(&with_property(&property)).expect("a valid document");
            let fitting = json!({ "it": format.sample() });
            assert_eq!(judge.payload(&fitting), [], "{}", format.name());
        }
        let others = [
            ("uuid", "abc"),
            ("number", "1,5"),
            ("date", "15.1.2026"),
            // The version of jsonschema that this was written with lets it through.
            ("date", "*026-01-15"),
            ("date-time", "*026-01-15T09:30:00Z"),
            // Only jsonschema reads these.
            ("regex", "("),
            ("uri-template", "{"),
        ];
        for (format, text) in others {
            let property = json!({ "type": "string", "format": format, "examples": [text] });
            let expected =
                format!("[T042] /properties/it/examples/0: {text:?} is not a {format:?}");
            assert_eq!(samples_of(&with_property(&property)), [expected]);
        }
    }

    #[test]
    fn a_format_that_nobody_knows_is_a_problem() {
        let property = json!({ "type": "string", "format": "phone" });
        let problems = Judge::new(&with_property(&property)).expect_err("an unknown format");
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert!(problems[0].message.contains("phone"), "{problems:?}");
    }

    #[test]
    fn every_example_and_default_is_judged() {
        let findings = samples_of(&with_property(&json!({
            "type": "string", "enum": ["a", "b"], "examples": ["a", "c"], "default": "d",
        })));
        assert_eq!(
            findings,
            [
                r#"[T041] /properties/it/default: "d" is not one of "a" or "b""#,
                r#"[T041] /properties/it/examples/1: "c" is not one of "a" or "b""#,
            ]
        );
    }

    #[test]
    fn an_example_is_judged_in_all_its_depth() {
        let line = json!({
            "type": "object",
            "properties": { "a/b": { "type": "integer" }, "text": { "type": "string" } },
            "required": ["a/b", "text"],
        });
        let property = json!({ "type": "array", "items": line, "examples": [[{ "a/b": "x" }]] });
        assert_eq!(
            samples_of(&with_property(&property)),
            [
                r#"[T041] /properties/it/examples/0/0/a~1b: "x" is not of type "integer""#,
                r#"[T041] /properties/it/examples/0/0: "text" is a required property"#,
            ]
        );
    }

    #[test]
    fn a_default_inside_an_item_is_judged_alone() {
        let findings = samples_of(&with_property(&json!({
            "type": "array",
            "items": {
                "type": "object",
                "properties": { "n": { "type": "integer", "default": "x" }, "other": {} },
                "required": ["other"],
            },
        })));
        assert_eq!(
            findings,
            [r#"[T041] /properties/it/items/properties/n/default: "x" is not of type "integer""#]
        );
    }

    #[test]
    fn what_is_required_beside_a_sample_is_no_problem_of_it() {
        let findings = samples_of(&json!({
            "type": "object",
            "properties": { "it": { "type": "integer", "examples": [1] }, "other": {} },
            "required": ["other"],
        }));
        assert_eq!(findings, [] as [&str; 0]);
    }

    #[test]
    fn names_with_slashes_and_tildes_are_escaped() {
        let property = json!({ "type": "integer", "examples": ["x"] });
        let findings = samples_of(&json!({ "properties": { "a/b~c": property } }));
        assert_eq!(
            findings,
            [r#"[T041] /properties/a~1b~0c/examples/0: "x" is not of type "integer""#]
        );
    }

    #[test]
    fn the_root_has_a_name_where_it_is_shown() {
        let judge = Judge::new(&json!({ "required": ["a"] })).expect("a valid document");
        let problems = judge.payload(&json!({}));
        assert_eq!(problems[0].to_string(), r#"(root): "a" is a required property"#);
    }
}

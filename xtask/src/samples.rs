//! What types write, held to what they declare: rule T052.
//!
//! The schema says of a type from another crate what its `Serialize` writes. That is in the hands
//! of its crate's features, which any crate of the build can turn on. So the export writes one
//! value of each such type, in the very build that makes the document.

use serde_json::{Map, Value};
use trigger_core::schema::{JsonType, SchemaProperties, SchemaProperty, TriggerSpec};
use trigger_dialect::Rule;

use crate::judge::{Finding, Judge};

/// What is wrong with the types of a trigger's properties; nothing if they write what the
/// trigger's document says. Pointers are into a payload.
pub(crate) fn findings(trigger: &'static TriggerSpec, document: &Value) -> Vec<Finding> {
    let mut samples = Samples::default();
    let payload = samples.object(trigger.properties(), "");
    let mut findings = samples.failures;
    if samples.pointers.is_empty() {
        return findings;
    }
    // A document that is none is a problem of the document.
    if let Ok(judge) = Judge::new(document) {
        let found = judge.payload(&payload).into_iter();
        let of_samples = found.filter(|problem| is_inside_any(&samples.pointers, &problem.pointer));
        findings.extend(of_samples.map(|problem| broken(&problem.pointer, &problem.message)));
    }
    findings.sort_by(|one, other| one.pointer.cmp(&other.pointer));
    findings
}

/// The samples of a trigger's types.
#[derive(Default)]
struct Samples {
    /// Where they stand in the payload.
    pointers: Vec<String>,
    /// Those that could not be written.
    failures: Vec<Finding>,
}

impl Samples {
    /// An object of the samples of these properties; a property without one is left out.
    fn object(&mut self, properties: SchemaProperties, pointer: &str) -> Value {
        let members = properties.filter_map(|property| {
            let value = self.value(&property, &format!("{pointer}/{}", property.name()))?;
            Some((property.name().to_owned(), value))
        });
        Value::Object(members.collect::<Map<_, _>>())
    }

    fn value(&mut self, property: &SchemaProperty, pointer: &str) -> Option<Value> {
        let Some(sample) = property.sample() else {
            return match property.json_type() {
                JsonType::Object => Some(self.object(property.members(), pointer)),
                JsonType::Array => {
                    let item = self.object(property.members(), &format!("{pointer}/0"));
                    Some(Value::Array(vec![item]))
                }
                _ => None,
            };
        };
        match sample.and_then(|text| serde_json::from_str(&text)) {
            Ok(value) => {
                self.pointers.push(pointer.to_owned());
                Some(value)
            }
            Err(error) => {
                self.failures.push(broken(pointer, &error.to_string()));
                None
            }
        }
    }
}

/// Whether `pointer` leads to one of `places` or into it: what the samples stand in lacks what is
/// required beside them.
fn is_inside_any(places: &[String], pointer: &str) -> bool {
    places.iter().any(|place| {
        pointer
            .strip_prefix(place.as_str())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn broken(pointer: &str, what: &str) -> Finding {
    let rule = Rule::TYPE_WRITES;
    let message = format!(
        "{}, and this one does not in this build: {what}; turn off the crate feature that changes \
         its `Serialize`, or wrap the value in a newtype with a `Serialize` of its own",
        rule.words
    );
    Finding::new(rule, pointer, message)
}

#[cfg(test)]
mod tests {
    use serde::Serialize;
    use trigger_core::schema::{Format, TypeSpec};
    use trigger_core::types::Money;
    use trigger_core::{Property, Trigger};
    use uuid::Uuid;

    use super::*;

    /// A type that declares a date-time, and whose `Serialize` a feature has changed.
    #[derive(Serialize)]
    struct Lying(u32);

    impl Property for Lying {
        type Shape = trigger_core::__private::shape::DateTime;
        const TYPE: &'static TypeSpec = &TypeSpec {
            format: Some(Format::DateTime),
            sample: Some(|| serde_json::to_string(&Lying(7))),
            ..TypeSpec::new(JsonType::String)
        };
    }

    /// One whose string is none of its format.
    #[derive(Serialize)]
    struct Almost(&'static str);

    impl Property for Almost {
        type Shape = trigger_core::__private::shape::DateTime;
        const TYPE: &'static TypeSpec = &TypeSpec {
            sample: Some(|| serde_json::to_string(&Almost("2026-01-15T09:30:00"))),
            ..*Lying::TYPE
        };
    }

    /// One that cannot be written at all.
    #[derive(Serialize)]
    struct Failing;

    impl Property for Failing {
        type Shape = trigger_core::__private::shape::DateTime;
        const TYPE: &'static TypeSpec = &TypeSpec {
            sample: Some(|| Err(serde::ser::Error::custom("it is broken"))),
            ..*Lying::TYPE
        };
    }

    /// A shape of members that writes others.
    #[derive(Serialize)]
    struct Renamed;

    impl Property for Renamed {
        type Shape = trigger_core::__private::shape::Object;
        const TYPE: &'static TypeSpec =
            &TypeSpec { sample: Some(|| Ok(r#"{"value":1}"#.to_owned())), ..*Money::TYPE };
    }

    #[derive(Serialize, Property)]
    struct Members {
        #[trigger(example = "Lesson")]
        text: String,
        #[trigger(example = "2026-01-15T09:30:00Z")]
        at: Option<Lying>,
    }

    #[derive(Serialize, Trigger)]
    #[trigger(key = "types_lied", name = "Types lied", scheduled_at = at)]
    struct TypesLied {
        #[trigger(example = "2026-01-15T09:30:00Z")]
        at: Lying,
        #[trigger(example = "2026-01-15T09:30:00Z")]
        almost: Option<Almost>,
        #[trigger(example = "2026-01-15T09:30:00Z")]
        failing: Failing,
        money: Renamed,
        members: Members,
        items: Vec<Members>,
        #[serde(flatten)]
        flattened: Flattened,
        id: Uuid,
        count: u32,
    }

    #[derive(Serialize, Property)]
    struct Flattened {
        #[trigger(example = "2026-01-15T09:30:00Z")]
        inner: Box<Lying>,
    }

    fn said(trigger: &'static TriggerSpec) -> Vec<String> {
        let document = serde_json::to_value(trigger.payload_document()).expect("a document");
        let findings = findings(trigger, &document);
        let said = findings.iter().map(|finding| {
            assert_eq!(finding.rule, Rule::TYPE_WRITES);
            let (_, what) = finding.message.split_once(": ").expect("what is wrong");
            let (what, _) = what.split_once("; turn off").expect("the mend");
            format!("{}: {what}", finding.pointer)
        });
        said.collect()
    }

    #[test]
    fn a_type_that_writes_something_else_is_found_wherever_it_stands() {
        assert_eq!(
            said(TypesLied::SPEC),
            [
                r#"/almost: "2026-01-15T09:30:00" is not a "date-time""#,
                r#"/at: 7 is not of type "string""#,
                "/failing: it is broken",
                r#"/inner: 7 is not of type "string""#,
                r#"/items/0/at: 7 is not of type "string""#,
                r#"/members/at: 7 is not of type "string""#,
                r#"/money: "currency" is a required property"#,
                r#"/money/value: 1 is not of type "string""#,
            ]
        );
    }

    #[test]
    fn types_that_write_what_they_declare_have_no_problem() {
        #[derive(Serialize, Trigger)]
        #[trigger(key = "types_told", name = "Types told")]
        struct TypesTold {
            id: Uuid,
            total: Money,
            #[trigger(example = "Lesson")]
            text: String,
        }

        assert_eq!(said(TypesTold::SPEC), [""; 0]);
        assert_eq!(TypesTold::SPEC.properties().filter_map(|it| it.sample()).count(), 2);
    }

    #[test]
    fn the_message_names_the_rule_and_the_mend() {
        let finding = broken("/at", "7 is not of type \"string\"");
        assert_eq!(
            finding.to_string(),
            "[T052] /at: a type writes the JSON that it declares, and this one does not in this \
             build: 7 is not of type \"string\"; turn off the crate feature that changes its \
             `Serialize`, or wrap the value in a newtype with a `Serialize` of its own"
        );
    }
}

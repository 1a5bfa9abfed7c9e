//! The rules of the derive and the rules of documents agree: structs within and just outside of
//! the dialect, and the documents that they would make, break the same rules.
//!
//! What needs the compiler's types is left to `tests/tests/agreement.rs` of the workspace.

use std::collections::BTreeSet;
use std::panic::catch_unwind;

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use serde_json::{Map, Value, json};
use trigger_core::Property as _;
use trigger_core::schema::{Literal, TypeSpec};

use super::silence;
use crate::errors::Errors;
use crate::{literal, model};

type Rules = BTreeSet<String>;

/// A field's type, with the example that it has without a written one.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Type {
    Text,
    Integer,
    Number,
    Boolean,
    Uuid,
}

impl Type {
    fn in_rust(self) -> (&'static str, &'static TypeSpec) {
        match self {
            Self::Text => ("String", String::TYPE),
            Self::Integer => ("u32", u32::TYPE),
            Self::Number => ("f64", f64::TYPE),
            Self::Boolean => ("bool", bool::TYPE),
            Self::Uuid => ("Uuid", uuid::Uuid::TYPE),
        }
    }

    fn in_json(self) -> (&'static str, Option<&'static str>, Value) {
        match self {
            Self::Text => ("string", None, json!("text")),
            Self::Integer => ("integer", None, json!(1)),
            Self::Number => ("number", None, json!(1.5)),
            Self::Boolean => ("boolean", None, json!(true)),
            Self::Uuid => ("string", Some("uuid"), json!("2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")),
        }
    }
}

#[derive(Clone, Debug)]
struct Field {
    name: String,
    ty: Type,
    title: Option<String>,
    description: Option<String>,
    namespace: Option<String>,
    format: Option<String>,
    example: Value,
    default: Option<Value>,
    hidden: bool,
    may_be_skipped: bool,
}

/// A struct, and the fields that its roles name.
#[derive(Clone, Debug)]
struct Struct {
    fields: Vec<Field>,
    scheduled_at: Option<usize>,
    contact: Option<usize>,
    member: Option<usize>,
}

impl Struct {
    fn in_rust(&self) -> String {
        let roles = [
            ("scheduled_at", self.scheduled_at),
            ("contact", self.contact),
            ("member", self.member),
        ];
        let roles: String = roles
            .iter()
            .filter_map(|(role, field)| Some(format!(", {role} = field{}", (*field)?)))
            .collect();
        let fields: String =
            self.fields.iter().enumerate().map(|(index, field)| field.in_rust(index)).collect();
        format!("#[trigger(key = \"key\"{roles})] struct InvoiceDue {{ {fields} }}")
    }

    fn in_json(&self) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for (index, field) in self.fields.iter().enumerate() {
            let mut property = field.in_json();
            let roles = [
                (self.scheduled_at, "futureDate", json!(true)),
                (self.contact, "identityType", json!("contact")),
                (self.member, "identityType", json!("member")),
            ];
            for (role, keyword, value) in roles {
                if role == Some(index) {
                    property[keyword] = value;
                }
            }
            properties.insert(field.name.clone(), property);
            if !field.may_be_skipped {
                required.push(field.name.clone());
            }
        }
        json!({ "type": "object", "properties": properties, "required": required })
    }

    /// What the derive and constant evaluation refuse.
    fn broken_in_rust(&self) -> Rules {
        let input = syn::parse_str(&self.in_rust()).expect("a struct");
        let errors = Errors::default();
        let _ = model::trigger(&errors, &input);
        let by_tokens = errors.take().into_iter().map(|error| id_of(&error.to_string()));
        by_tokens.chain(self.fields.iter().flat_map(Field::broken_values)).collect()
    }

    fn broken_in_json(&self) -> Rules {
        let findings = trigger_xtask::judge::document(&self.in_json());
        findings.into_iter().map(|finding| finding.rule.id.to_owned()).collect()
    }
}

impl Field {
    fn in_rust(&self, index: usize) -> String {
        let mut said = vec![format!("example = {}", self.example)];
        let texts = [
            ("title", &self.title),
            ("description", &self.description),
            ("namespace", &self.namespace),
            ("format", &self.format),
        ];
        said.extend(
            texts.iter().filter_map(|(name, text)| Some(format!("{name} = {:?}", text.as_ref()?))),
        );
        said.extend(self.default.as_ref().map(|value| format!("default = {value}")));
        said.extend(self.hidden.then(|| "hidden".to_owned()));
        let skip =
            if self.may_be_skipped { "#[serde(skip_serializing_if = \"skip\")]" } else { "" };
        format!(
            "#[serde(rename = {:?})] {skip} #[trigger({})] field{index}: {},",
            self.name,
            said.join(", "),
            self.ty.in_rust().0
        )
    }

    fn in_json(&self) -> Value {
        let (ty, own_format, _) = self.ty.in_json();
        let title = self.title.clone().unwrap_or_else(|| "Title".to_owned());
        let mut property = json!({ "type": ty, "title": title, "examples": [self.example] });
        let texts = [
            ("description", self.description.as_deref()),
            ("namespace", self.namespace.as_deref()),
            ("format", self.format.as_deref().or(own_format)),
        ];
        for (keyword, text) in texts {
            if let Some(text) = text {
                property[keyword] = json!(text);
            }
        }
        if let Some(default) = &self.default {
            property["default"] = default.clone();
        }
        if self.hidden {
            property["hidden"] = json!(true);
        }
        property
    }

    fn has_known_format(&self) -> bool {
        self.format.as_deref().and_then(trigger_dialect::Format::from_name).is_some()
    }

    /// What constant evaluation refuses of the example and the default, which the derive leaves
    /// to it unless the tokens tell.
    fn broken_values(&self) -> Vec<String> {
        if self.ty == Type::Text {
            return Vec::new();
        }
        let ty = self.ty.in_rust().1;
        let values = std::iter::once(&self.example).chain(&self.default);
        let broken = values.filter_map(|value| {
            let literal: literal::Literal = match syn::parse_str(&value.to_string()) {
                Ok(literal) => literal,
                Err(error) => return Some(id_of(&error.to_string())),
            };
            let literal = constant(&literal);
            let panic = catch_unwind(|| trigger_core::__private::literal_fits(ty, &literal));
            let panic = panic.err()?;
            let words = panic.downcast_ref::<String>().cloned();
            let words =
                words.or_else(|| panic.downcast_ref().map(|text: &&str| (*text).to_owned()));
            Some(id_of(&words.expect("a message")))
        });
        broken.collect()
    }
}

/// The literal as the derive would write it.
fn constant(literal: &literal::Literal) -> Literal {
    match &literal.value {
        literal::Value::Boolean(value) => Literal::Boolean(*value),
        literal::Value::Integer(value) => Literal::Integer(*value),
        literal::Value::Number(value) => Literal::Number(*value),
        literal::Value::String(text) => Literal::String(text.clone().leak()),
        literal::Value::Array(_) | literal::Value::Object(_) => Literal::Array(&[]),
    }
}

/// `T041` in `[T041] words`
fn id_of(message: &str) -> String {
    let id = message.strip_prefix('[').and_then(|rest| rest.split_once(']'));
    id.unwrap_or_else(|| panic!("no rule: {message}")).0.to_owned()
}

fn texts() -> impl Strategy<Value = Option<String>> {
    proptest::option::weighted(
        0.3,
        prop_oneof![6 => "[A-Z][a-z ]{0,8}", 1 => Just(" ".to_owned()), 1 => Just(String::new())],
    )
}

/// Values of every JSON type, fitting one format or another.
fn value() -> impl Strategy<Value = Value> {
    proptest::sample::select(vec![
        json!("text"),
        json!("2026-01-15T09:30:00Z"),
        json!("2026-01-15"),
        json!("2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50"),
        json!("ada@example.com"),
        json!("https://example.com/a"),
        json!("-12.50"),
        json!(1),
        json!(-7),
        json!(9_007_199_254_740_993_i64),
        json!(1.5),
        json!(true),
        json!([]),
    ])
}

fn field() -> impl Strategy<Value = Field> {
    let types = [Type::Text, Type::Text, Type::Integer, Type::Number, Type::Boolean, Type::Uuid];
    let formats =
        ["date-time", "date-time", "date", "uuid", "email", "uri", "number", "phone", "int32"];
    (
        proptest::sample::select(types.to_vec()),
        (texts(), texts(), proptest::option::weighted(0.1, "[a-z]{0,3}")),
        proptest::option::weighted(0.5, proptest::sample::select(formats.to_vec())),
        (any::<bool>(), value(), proptest::option::weighted(0.2, value())),
        (any::<bool>(), proptest::bool::weighted(0.2)),
    )
        .prop_map(
            |(ty, (title, description, namespace), format, (own, value, default), flags)| {
                // Of another type it is refused for its size by the one, for its type by the other.
                let is_large = |value: &Value| value.as_i64() > Some(1 << 53);
                let sized = |value: Value| {
                    if is_large(&value) && ty != Type::Integer { json!(1) } else { value }
                };
                let (value, default) = (sized(value), default.map(sized));
                // Only strings take a format, which the compiler sees by the type.
                let format = format.filter(|_| ty == Type::Text).map(str::to_owned);
                let fitting = match format.as_deref().and_then(trigger_dialect::Format::from_name) {
                    Some(format) => json!(format.sample()),
                    None => ty.in_json().2,
                };
                Field {
                    name: String::new(),
                    ty,
                    title,
                    description,
                    namespace,
                    format,
                    example: if own { fitting } else { value },
                    default,
                    hidden: flags.0,
                    may_be_skipped: flags.1,
                }
            },
        )
}

fn names() -> impl Strategy<Value = String> {
    let outside = proptest::sample::select(vec!["due-at", "_due", "due at", "f\u{e4}llig", "a.b"]);
    prop_oneof![8 => "[A-Za-z0-9][A-Za-z0-9_]{0,6}", 1 => outside.prop_map(str::to_owned)]
}

fn structs() -> impl Strategy<Value = Struct> {
    let field = (field(), names());
    let role = || proptest::option::weighted(0.4, any::<proptest::sample::Index>());
    (proptest::collection::vec(field, 1..5), role(), role(), role()).prop_map(
        |(fields, scheduled_at, contact, member)| {
            let named = fields.into_iter().enumerate();
            let mut fields: Vec<_> = named
                // Each name once: a JSON object has no other.
                .map(|(index, (field, name))| Field { name: format!("{name}{index}"), ..field })
                .collect();
            // A role of another type is refused by the compiler, which sees the type.
            let place = |role: Option<proptest::sample::Index>, fits: fn(&Field) -> bool| {
                role.map(|role| role.index(fields.len())).filter(|at| fits(&fields[*at]))
            };
            let scheduled_at = place(scheduled_at, Field::has_known_format);
            let id = |field: &Field| field.ty == Type::Uuid || field.has_known_format();
            let contact = place(contact, id).filter(|at| scheduled_at != Some(*at));
            let member =
                place(member, id).filter(|at| ![scheduled_at, contact].contains(&Some(*at)));
            for (index, field) in fields.iter_mut().enumerate() {
                // Without an identity, an empty one is two mistakes of a document, and one here.
                if ![contact, member].contains(&Some(index)) {
                    field.namespace = field.namespace.take().filter(|text| !text.is_empty());
                }
            }
            Struct { fields, scheduled_at, contact, member }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn structs_and_their_documents_break_the_same_rules(it in structs()) {
        silence();
        prop_assert_eq!(it.broken_in_rust(), it.broken_in_json(), "{}", it.in_rust());
    }
}

/// What the law above is worth: it meets every rule that it can, and much that breaks none.
#[test]
fn the_law_meets_its_rules() {
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let mut met = BTreeSet::new();
    let mut right = 0;
    for _ in 0..1000 {
        let tree = structs().new_tree(&mut runner).expect("a struct");
        let broken = tree.current().broken_in_json();
        right += usize::from(broken.is_empty());
        met.extend(broken);
    }
    let expected = ["T020", "T030", "T031", "T041", "T042", "T043", "T045", "T046", "T051"];
    assert_eq!(met.into_iter().collect::<Vec<_>>(), expected);
    assert!(right > 100, "{right} of 1000 break no rule");
}

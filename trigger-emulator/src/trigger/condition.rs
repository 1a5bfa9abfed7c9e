//! What a condition of an automation may ask of a payload: what some event can have.

use serde_json::Value;

use super::TriggerDefinition;
use crate::engine::is_same;
use crate::words::{mend, quoted};

/// That nothing is in a list of values.
pub(crate) const NO_VALUES: &str =
    "no event passes an empty list; write the values that pass, or take it out";

/// What a schema that does not tell of a property says of it.
static ANY: Value = Value::Null;

/// A property that a condition names.
pub(crate) struct Property<'t> {
    key: &'t str,
    name: String,
    schema: &'t Value,
}

/// The names of a property and those around it, from a text such as `customer.name`.
pub(crate) fn path_of(name: &str) -> Result<Vec<String>, String> {
    let path: Vec<_> = name.split('.').map(str::to_owned).collect();
    if path.iter().any(String::is_empty) {
        let words = "a property has a name on both sides of a `.`; write `\"customer.name\"` for the \
                     property `name` of the object `customer`";
        return Err(words.to_owned());
    }
    Ok(path)
}

impl TriggerDefinition {
    /// The property of this path, if some payload has it.
    pub(crate) fn property(&self, path: &[String]) -> Result<Property<'_>, String> {
        let mut schema = &*self.schema;
        for depth in 0..path.len() {
            // Nothing is told of what is inside, however deep that is.
            if schema.is_null() {
                break;
            }
            schema = self.member(schema, &path[..depth], &path[depth])?;
        }
        Ok(Property { key: &self.key, name: path.join("."), schema })
    }

    fn member<'s>(
        &self,
        schema: &'s Value,
        outer: &[String],
        name: &str,
    ) -> Result<&'s Value, String> {
        let key = &self.key;
        let types = types(schema);
        if !outer.is_empty() && !types.is_empty() && !types.contains(&"object") {
            let (outer, types) = (outer.join("."), types.join("` or `"));
            return Err(format!(
                "`{outer}` of `{key}` (`{types}`) has no properties; name `{outer}` itself"
            ));
        }
        // A schema that tells no properties takes any.
        let Some(known) = schema["properties"].as_object().filter(|it| !it.is_empty()) else {
            return Ok(&ANY);
        };
        known.get(name).ok_or_else(|| {
            let whole =
                if outer.is_empty() { "the payload" } else { &*format!("`{}`", outer.join(".")) };
            let shown = quoted(name).unwrap_or_else(|| "of this name".to_owned());
            let mend = mend(name, known.keys().map(String::as_str));
            format!("{whole} of `{key}` has no property {shown}; {mend}")
        })
    }
}

impl Property<'_> {
    /// Whether some event has this value. It is not quoted: it may be a secret in the wrong place.
    pub(crate) fn judge(&self, value: &Value) -> Result<(), String> {
        let Self { key, name, schema } = self;
        let types = types(schema);
        if !types.is_empty() && !types.iter().any(|ty| is_of(ty, value)) {
            let mend: Vec<_> = types.iter().map(|ty| example(ty)).collect();
            let (types, mend) = (types.join("` or `"), mend.join(", or "));
            return Err(format!(
                "`{name}` of `{key}` (`{types}`) never has this value; write {mend}"
            ));
        }
        let choices = choices(schema);
        if choices.is_empty() || choices.iter().any(|choice| is_same(choice, value)) {
            return Ok(());
        }
        let names: Vec<_> = choices.iter().map(|choice| text(choice)).collect();
        let mend = mend(&text(value), names.iter().map(String::as_str));
        Err(format!("`{name}` of `{key}` is one of a list, and never this value; {mend}"))
    }
}

/// The types that the schema tells; none, if it takes any.
fn types(schema: &Value) -> Vec<&str> {
    match &schema["type"] {
        Value::String(ty) => vec![ty],
        Value::Array(types) => types.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    }
}

fn is_of(ty: &str, value: &Value) -> bool {
    match ty {
        "string" => value.is_string(),
        "number" => value.is_number(),
        // As JSON Schema has it, 5.0 is one.
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "boolean" => value.is_boolean(),
        "object" => value.is_object(),
        "array" => value.is_array(),
        _ => value.is_null(),
    }
}

fn example(ty: &str) -> &'static str {
    match ty {
        "string" => "a text",
        "number" => "a number",
        "integer" => "a whole number",
        "boolean" => "`true` or `false`",
        "object" => "an object",
        "array" => "a list",
        _ => "nothing",
    }
}

/// The values that the schema lists; none, if it takes any.
fn choices(schema: &Value) -> Vec<&Value> {
    if let Some(choices) = schema["enum"].as_array() {
        return choices.iter().collect();
    }
    let choices = schema["oneOf"].as_array().into_iter().flatten();
    // One that is no value takes more than one.
    choices.map(|choice| choice.get("const")).collect::<Option<_>>().unwrap_or_default()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

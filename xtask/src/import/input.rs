//! The inputs, and which of them is a schema.

use trigger_dialect::Rule;

use super::{ImportError, Input, Json, Refusal};
use crate::text::decoded;

/// Far beyond any payload or schema.
pub(super) const LIMIT: usize = 1 << 20;

/// A JSON value of an input.
pub(super) struct Document<'a> {
    /// The name of the input.
    pub(super) input: &'a str,
    pub(super) value: Json,
}

impl Document<'_> {
    /// Whether it is meant as a schema: no payload has these keys in these types.
    pub(super) fn is_schema(&self) -> bool {
        let value = &self.value;
        let is_keyword = |(name, _): &(String, Json)| name.starts_with('$');
        let is_typed = value.get("type").and_then(Json::as_str) == Some("object");
        let is_described = matches!(value.get("properties"), Some(Json::Object(_)));
        let is_required = matches!(value.get("required"), Some(Json::Array(_)));
        value.members().iter().any(is_keyword)
            || [is_typed, is_described, is_required].into_iter().filter(|it| *it).count() > 1
    }

    pub(super) fn names_that_stand_twice(&self) -> Vec<Refusal> {
        let words = "this name stands twice in its object; keep one of the two members";
        let refuse =
            |pointer: String| Refusal::new(self.input, &pointer, Rule::PROPERTY_NAME_ONCE, words);
        self.value.names_that_stand_twice().into_iter().map(refuse).collect()
    }
}

/// All JSON values of the inputs, in their order.
pub(super) fn documents<'a>(inputs: &[Input<'a>]) -> Result<Vec<Document<'a>>, ImportError> {
    if inputs.is_empty() {
        return Err(ImportError::NoInput);
    }
    let mut documents = Vec::new();
    for input in inputs {
        let text = text(input)?;
        let before = documents.len();
        for value in serde_json::Deserializer::from_str(text).into_iter() {
            let value = value
                .map_err(|source| ImportError::NotJson { input: input.name.to_owned(), source })?;
            documents.push(Document { input: input.name, value });
        }
        if documents.len() == before {
            return Err(ImportError::Empty { input: input.name.to_owned() });
        }
    }
    Ok(documents)
}

pub(super) fn text<'a>(input: &Input<'a>) -> Result<&'a str, ImportError> {
    if input.bytes.len() > LIMIT {
        return Err(ImportError::TooLarge { input: input.name.to_owned(), limit: LIMIT });
    }
    let no_text = |fault| ImportError::NotUtf8 { input: input.name.to_owned(), fault };
    decoded(input.bytes).map_err(no_text)
}

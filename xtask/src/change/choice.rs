//! The values of a choice, from an `enum` or a `oneOf`.

use std::collections::BTreeMap;

use super::schema::Schema;
use super::value::canonical;

/// The values, by what they are, with their title and description.
pub(super) type Choices<'a> = BTreeMap<String, [Option<&'a str>; 2]>;

/// The choice that a property is, and the keyword for it; `None` if it takes any value.
pub(super) fn of(property: &Schema) -> Option<(&'static str, Choices<'_>)> {
    if let Some(values) = &property.values {
        let values = values.iter().map(|value| (canonical(value), [None, None]));
        return Some(("enum", values.collect()));
    }
    let choices = property.one_of.as_ref()?.iter().map(|choice| {
        let texts = [choice.title.as_deref(), choice.description.as_deref()];
        (canonical(&choice.value), texts)
    });
    Some(("oneOf", choices.collect()))
}

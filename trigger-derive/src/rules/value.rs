//! Formats, examples and defaults, as far as the tokens tell.

use trigger_dialect::{Format, Rule};

use crate::errors::Errors;
use crate::literal::{Literal, Value};
use crate::model::Field;
use crate::serde_attributes::With;

/// What the tokens tell of a written format, example or default.
pub(super) fn value_rules(errors: &Errors, field: &Field<'_>) {
    let attributes = &field.attributes;
    let known = match field.with {
        Some(With::Rfc3339 | With::Rfc3339Option) => Some(Format::DateTime),
        Some(With::Decimal | With::DecimalOption) => Some(Format::Number),
        Some(With::Refused) => return,
        None => None,
    };
    if let (Some(known), Some((_, written))) = (known, &attributes.format) {
        let words = format!(
            "this field has `format: {}` by its `with` module; remove the format",
            known.name()
        );
        errors.push(written, Rule::FORMAT_STRING, words);
    }
    if is_judged_here(field) {
        for value in attributes.examples.iter().chain(&attributes.default) {
            string_fits(errors, value, known.or(field.format()));
        }
    }
    choice(errors, field);
    // Other types are judged by the expansion.
    let is_text = field.looks_like_text() || field.role.is_some();
    let has_example = attributes.example_written || !attributes.examples.is_empty();
    if field.format().is_some() && is_text && !has_example && !field.flattened {
        let sample = field.format().map_or("…", Format::sample);
        let words = format!(
            "a string needs an example: Wix shows it as the placeholder when an automation is \
             tested; add `example = \"{sample}\"`"
        );
        errors.push(field.name_tokens(), Rule::EXAMPLE_PRESENT, words);
    }
}

/// Values that do not fit the format, and examples that are none of them.
fn choice(errors: &Errors, field: &Field<'_>) {
    let Some(choice) = &field.attributes.choice else { return };
    for choice in &choice.values {
        match &choice.value.value {
            Value::String(text) => format_fits(errors, &choice.value, text, field.format()),
            // Without a format, the expansion judges by the type.
            _ if field.format().is_none() => {}
            _ => {
                let words = "the values of a string are strings in quotes";
                errors.push(&choice.value, Rule::CHOICE_VALUES, words);
            }
        }
    }
    let attributes = &field.attributes;
    for value in attributes.examples.iter().chain(&attributes.default) {
        if !choice.contains(value) {
            let words = "an example or default is one of the field's `values`; write one of them";
            errors.push(value, Rule::EXAMPLE_TYPE, words);
        }
    }
}

/// Whether an example or default of the field can be judged by its tokens: the JSON type is a
/// string, and its format is known.
pub(crate) fn is_judged_here(field: &Field<'_>) -> bool {
    field.with.is_some()
        || field.format().is_some()
        || (field.looks_like_text() && field.role.is_none())
}

fn string_fits(errors: &Errors, value: &Literal, format: Option<Format>) {
    let Value::String(text) = &value.value else {
        let sample = format.map(|format| format!(": write one such as `\"{}\"`", format.sample()));
        let words = format!(
            "an example or default of a string is a string in quotes{}",
            sample.unwrap_or_default()
        );
        errors.push(value, Rule::EXAMPLE_TYPE, words);
        return;
    };
    format_fits(errors, value, text, format);
}

fn format_fits(errors: &Errors, value: &Literal, text: &str, format: Option<Format>) {
    if let Some(format) = format
        && !format.fits(text)
    {
        let words = format!(
            "`{text}` does not fit `format: {}`; write one such as `{}`",
            format.name(),
            format.sample()
        );
        errors.push(value, Rule::EXAMPLE_FORMAT, words);
    }
}

//! What the derive cannot judge by a field's tokens is judged by these, in constant evaluation.
//!
//! A call stands in a constant of its own, with the spans of what it judges, so that the error
//! points there.

use crate::schema::{Format, JsonType, Literal, Row, TypeSpec};

/// Judges an example or default of a property.
///
/// # Panics
///
/// If it is of another JSON type, or does not fit the format: a compile error.
#[track_caller]
pub const fn literal_fits(ty: &TypeSpec, literal: &Literal) {
    match ty.json_type {
        JsonType::String => string_fits(ty, literal),
        JsonType::Boolean => assert!(
            matches!(literal, Literal::Boolean(_)),
            "[T041] an example or default of a boolean is `true` or `false`"
        ),
        JsonType::Integer => match literal {
            Literal::Integer(value) => assert!(
                value.unsigned_abs() <= trigger_dialect::INTEGER_MAX,
                "[T051] an integer of a payload is at most 2^53 either way: beyond that, digits are lost"
            ),
            _ => {
                panic!("[T041] an example or default of an integer is a number without a fraction")
            }
        },
        JsonType::Number => assert!(
            matches!(literal, Literal::Integer(_) | Literal::Number(_)),
            "[T041] an example or default of a number is a number"
        ),
        JsonType::Object => object_fits(ty.properties, literal),
        JsonType::Array => match literal {
            Literal::Array(items) => {
                let mut at = 0;
                while at < items.len() {
                    object_fits(ty.properties, &items[at]);
                    at += 1;
                }
            }
            _ => panic!("[T041] an example or default of an array is an array: `[{{…}}]`"),
        },
    }
}

#[track_caller]
const fn string_fits(ty: &TypeSpec, literal: &Literal) {
    let Literal::String(text) = *literal else {
        panic!("[T041] an example or default of a string is a string: put it in quotes");
    };
    if let Some(format) = ty.format {
        assert!(format.fits(text), "{}", misfit(format));
    }
    assert!(
        ty.values.is_empty() || contains(ty.values, text),
        "[T041] an example or default of an enum is one of its values, as serde writes them"
    );
}

/// Names the format: a constant's message cannot be put together.
const fn misfit(format: Format) -> &'static str {
    match format {
        Format::Uuid => {
            "[T042] an example or default of a UUID is one: `2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50`"
        }
        Format::DateTime => {
            "[T042] an example or default of a date-time is one of RFC 3339, with an offset: `2026-01-15T09:30:00Z`"
        }
        Format::Date => "[T042] an example or default of a date is one: `2026-01-15`",
        Format::Email => {
            "[T042] an example or default of an email address is one: `ada@example.com`"
        }
        Format::Uri => "[T042] an example or default of a URI is one: `https://example.com/`",
        Format::Number => {
            "[T042] an example or default with `format: number` is a number in quotes: `120.50`"
        }
        _ => "[T042] an example or default fits its property's format",
    }
}

#[track_caller]
const fn object_fits(table: &[Row], literal: &Literal) {
    let Literal::Object(members) = *literal else {
        panic!("[T041] an example or default of an object is an object: `{{\"member\": …}}`");
    };
    let mut at = 0;
    while at < members.len() {
        match find(table, members[at].0) {
            Some(row) => literal_fits(&row.resolved(), &members[at].1),
            None => {
                panic!("[T041] an example or default names a member that its struct does not have")
            }
        }
        at += 1;
    }
    assert!(
        required_present(table, members),
        "[T041] an example or default lacks a required member of its struct"
    );
}

/// The row of that name, those of flattened structs included.
const fn find<'r>(table: &'r [Row], name: &str) -> Option<&'r Row> {
    let mut at = 0;
    while at < table.len() {
        let row = &table[at];
        if row.is_flattened {
            if let Some(row) = find(row.ty.properties, name) {
                return Some(row);
            }
        } else if same(row.name, name) {
            return Some(row);
        }
        at += 1;
    }
    None
}

const fn required_present(table: &[Row], members: &[(&str, Literal)]) -> bool {
    let mut at = 0;
    while at < table.len() {
        let row = &table[at];
        if !row.is_optional {
            let present = if row.is_flattened {
                required_present(row.ty.properties, members)
            } else {
                has_member(members, row.name)
            };
            if !present {
                return false;
            }
        }
        at += 1;
    }
    true
}

const fn has_member(members: &[(&str, Literal)], name: &str) -> bool {
    let mut at = 0;
    while at < members.len() {
        if same(members[at].0, name) {
            return true;
        }
        at += 1;
    }
    false
}

/// Judges the names of an object that a struct is flattened into, at this index.
///
/// # Panics
///
/// If a name stands twice: a compile error.
#[track_caller]
pub const fn names_differ(table: &[Row], index: usize) {
    inner_names_differ(table, table[index].ty.properties);
}

#[track_caller]
const fn inner_names_differ(table: &[Row], flattened: &[Row]) {
    let mut at = 0;
    while at < flattened.len() {
        let row = &flattened[at];
        if row.is_flattened {
            inner_names_differ(table, row.ty.properties);
        } else {
            assert!(
                count(table, row.name) == 1,
                "[T021] a name of the flattened struct stands twice in the payload: rename one of the properties"
            );
        }
        at += 1;
    }
}

const fn count(table: &[Row], name: &str) -> usize {
    let mut found = 0;
    let mut at = 0;
    while at < table.len() {
        let row = &table[at];
        if row.is_flattened {
            found += count(row.ty.properties, name);
        } else if same(row.name, name) {
            found += 1;
        }
        at += 1;
    }
    found
}

const fn contains(values: &[&str], text: &str) -> bool {
    let mut at = 0;
    while at < values.len() {
        if same(values[at], text) {
            return true;
        }
        at += 1;
    }
    false
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    let mut at = 0;
    while at < left.len() {
        if left[at] != right[at] {
            return false;
        }
        at += 1;
    }
    true
}

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use trigger_dialect::{Outline, OutlineWriter, Part};

    use super::*;
    use crate::property::Property;
    use crate::schema::rows;

    /// What the compiler would print.
    #[track_caller]
    fn complaint(check: impl FnOnce() + std::panic::UnwindSafe) -> String {
        let panic = catch_unwind(check).expect_err("complains");
        let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
        text.or_else(|| panic.downcast_ref::<String>().cloned()).expect("a message")
    }

    #[track_caller]
    fn judge(ty: &'static TypeSpec, fitting: &[Literal], others: &[(Literal, &str)]) {
        for literal in fitting {
            literal_fits(ty, literal);
        }
        for (literal, start) in others {
            let literal = *literal;
            let words = complaint(move || literal_fits(ty, &literal));
            assert!(words.starts_with(start), "{literal:?}: {words}");
        }
    }

    const TEXT: Literal = Literal::String("x");
    const CHOICE: TypeSpec = TypeSpec { values: &["a", "b"], ..TypeSpec::new(JsonType::String) };

    /// The properties by name, each with what leaves its place to its members or not, and a type.
    fn object<const N: usize>(
        properties: [(&str, Option<Part>, &'static TypeSpec); N],
    ) -> &'static TypeSpec {
        let mut writer = OutlineWriter::default();
        for (name, flag, _) in properties {
            writer.push_text(Part::Lead, &format!(",\"{name}\":"));
            writer.push_text(Part::Title, "");
            if let Some(part) = flag {
                writer.push(part);
            }
        }
        let (text, parts) = writer.finish();
        let outline = Outline { text: text.leak(), parts: parts.leak() };
        let properties = rows(outline, &[], &[], &properties.map(|(_, _, ty)| ty));
        Box::leak(Box::new(TypeSpec {
            properties: Box::leak(Box::<[Row; N]>::new(properties)),
            ..TypeSpec::new(JsonType::Object)
        }))
    }

    const EMAIL: TypeSpec = TypeSpec::formatted(Format::Email);

    fn line() -> &'static TypeSpec {
        object([
            ("text", None, String::TYPE),
            ("count", None, <Option<u8>>::TYPE),
            ("", Some(Part::Flattened), object([("mail", None, &EMAIL)])),
        ])
    }

    #[test]
    fn scalars() {
        judge(bool::TYPE, &[Literal::Boolean(false)], &[(TEXT, "[T041]")]);
        judge(
            u8::TYPE,
            &[Literal::Integer(-1), Literal::Integer(1 << 53)],
            &[
                (Literal::Number(1.5), "[T041]"),
                (Literal::Integer((1 << 53) + 1), "[T051]"),
                (Literal::Integer(i64::MIN), "[T051]"),
            ],
        );
        judge(f64::TYPE, &[Literal::Integer(1), Literal::Number(1.5)], &[(TEXT, "[T041]")]);
        judge(String::TYPE, &[TEXT], &[(Literal::Integer(1), "[T041]")]);
        judge(&CHOICE, &[Literal::String("b")], &[(TEXT, "[T041]")]);
    }

    #[test]
    fn formats() {
        for &format in Format::ALL {
            let ty: &'static TypeSpec = Box::leak(Box::new(TypeSpec::formatted(format)));
            judge(ty, &[Literal::String(format.sample())], &[]);
            if !format.fits(" ") {
                judge(ty, &[], &[(Literal::String(" "), "[T042]")]);
            }
        }
    }

    #[test]
    fn objects_and_arrays() {
        const FULL: &[(&str, Literal)] = &[
            ("text", TEXT),
            ("count", Literal::Integer(1)),
            ("mail", Literal::String("ada@example.com")),
        ];
        const LEAST: &[(&str, Literal)] =
            &[("mail", Literal::String("ada@example.com")), ("text", TEXT)];
        judge(
            line(),
            &[Literal::Object(FULL), Literal::Object(LEAST)],
            &[
                (TEXT, "[T041] an example or default of an object"),
                (Literal::Object(&[("text", TEXT)]), "[T041] an example or default lacks"),
                (Literal::Object(&[("other", TEXT)]), "[T041] an example or default names"),
                (Literal::Object(&[("mail", TEXT)]), "[T042]"),
                (Literal::Object(&[("count", TEXT)]), "[T041]"),
            ],
        );
        let array = TypeSpec { properties: line().properties, ..TypeSpec::new(JsonType::Array) };
        judge(
            Box::leak(Box::new(array)),
            &[Literal::Array(&[]), Literal::Array(&[Literal::Object(LEAST)])],
            &[
                (Literal::Object(FULL), "[T041] an example or default of an array"),
                (Literal::Array(&[TEXT]), "[T041] an example or default of an object"),
            ],
        );
    }

    #[test]
    fn names_around_a_flattened_struct() {
        names_differ(line().properties, 2);
        let clash =
            object([("mail", None, String::TYPE), ("", Some(Part::Flattened), line())]).properties;
        assert!(complaint(|| names_differ(clash, 1)).starts_with("[T021]"));
    }
}

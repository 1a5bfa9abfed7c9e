//! What the derive cannot judge by a field's tokens is judged by these, in constant evaluation.
//!
//! A call stands in a constant of its own, with the spans of what it judges, so that the error
//! points there.

use trigger_dialect::Outline;

use super::words::Words;
use crate::schema::{BuildSpec, JsonType, Literal, Row, TypeSpec, from_next_lead, name_in, same};
use crate::trigger::Trigger;

/// Judges an example or default of a property.
///
/// # Panics
///
/// If it is of another JSON type, or does not fit the format: a compile error.
#[track_caller]
pub const fn literal_fits(ty: &TypeSpec, literal: &Literal) {
    value_fits(ty, literal, None);
}

/// Judges an example of a whole payload.
///
/// # Panics
///
/// If it does not fit the schema of the trigger `T`: a compile error.
#[track_caller]
pub const fn payload_fits<T: Trigger + ?Sized>(literal: &Literal) {
    payload_default_fits::<T>(literal);
    if let Literal::Object(members) = literal {
        nothing_missing(rows_of::<T>(), members);
    }
}

/// Judges the default of a whole payload: Wix's own samples have an empty one, whatever is required.
///
/// # Panics
///
/// If it does not fit the schema of the trigger `T` otherwise: a compile error.
#[track_caller]
pub const fn payload_default_fits<T: Trigger + ?Sized>(literal: &Literal) {
    match literal {
        Literal::Object(members) => members_fit(rows_of::<T>(), members),
        _ => panic!("{}", Words::new("[T041] ").and(shape_of(JsonType::Object)).as_str()),
    }
}

const fn rows_of<T: Trigger + ?Sized>() -> &'static [Row] {
    <T::Kind as BuildSpec<T>>::SPEC.rows
}

/// Judges a value that a property's choice lists.
///
/// # Panics
///
/// If no value of the property's type can be it: a compile error.
#[track_caller]
pub const fn choice_fits(ty: &TypeSpec, literal: &Literal) {
    if is_refused(ty) {
        return;
    }
    let words = match (ty.json_type, literal) {
        (JsonType::String, Literal::String(text)) if ty.values.is_empty() => {
            return text_fits(ty, text, None);
        }
        (JsonType::Boolean, Literal::Boolean(_))
        | (JsonType::Integer, Literal::Integer(_))
        | (JsonType::Number, Literal::Integer(_) | Literal::Number(_)) => return,
        (JsonType::String, _) if !ty.values.is_empty() => {
            "an enum lists its values itself; remove `values`"
        }
        (JsonType::String, _) => "the values of a string are strings in quotes",
        (JsonType::Boolean, _) => "the values of a boolean are `true` and `false`",
        (JsonType::Integer, _) => "the values of an integer are numbers without a fraction",
        (JsonType::Number, _) => "the values of a number are numbers",
        (JsonType::Object | JsonType::Array, _) => {
            "an object or array offers no choice; write `values` on a member of it"
        }
    };
    panic!("{}", Words::new("[T028] ").and(words).as_str());
}

/// Judges a place for what is said of the items of an array.
///
/// # Panics
///
/// If the property is none: a compile error.
#[track_caller]
pub const fn items_fit(ty: &TypeSpec) {
    assert!(
        matches!(ty.json_type, JsonType::Array) || is_refused(ty),
        "[T024] `items` says something of the items of an array, and this is none; remove it"
    );
}

/// Whether the type is told to be wrong already: every object has properties.
const fn is_refused(ty: &TypeSpec) -> bool {
    matches!(ty.json_type, JsonType::Object | JsonType::Array) && ty.properties.is_empty()
}

/// Judges a value, which may be that of a member of this name.
#[track_caller]
const fn value_fits(ty: &TypeSpec, literal: &Literal, member: Option<&str>) {
    match (ty.json_type, literal) {
        _ if is_refused(ty) => {}
        (JsonType::String, Literal::String(text)) => text_fits(ty, text, member),
        (JsonType::Integer, Literal::Integer(value)) => {
            if value.unsigned_abs() > trigger_dialect::INTEGER_MAX {
                let words = "an integer of a payload is at most 2^53 either way, beyond which \
                             digits are lost; make the field a `String`, with the digits in quotes";
                panic!("{}", about("[T051] ", member).and(words).as_str());
            }
        }
        (JsonType::Boolean, Literal::Boolean(_))
        | (JsonType::Number, Literal::Integer(_) | Literal::Number(_)) => {}
        (JsonType::Object, Literal::Object(members)) => object_fits(ty.properties, members),
        (JsonType::Array, Literal::Array(items)) => {
            let mut at = 0;
            while at < items.len() {
                let item = TypeSpec { json_type: JsonType::Object, ..*ty };
                value_fits(&item, &items[at], member);
                at += 1;
            }
        }
        (json_type, _) => {
            let words = about("[T041] ", member).and(shape_of(json_type));
            match ty.format {
                Some(format) => {
                    let words = words.and(": write one such as `\"").and(format.sample());
                    panic!("{}", words.and("\"`").as_str());
                }
                None => panic!("{}", words.as_str()),
            }
        }
    }
}

/// The start of a message.
const fn about(rule: &str, member: Option<&str>) -> Words {
    match member {
        None => Words::new(rule),
        Some(name) => Words::new(rule).and("the member ").and_quoted(name).and(": "),
    }
}

/// What a literal of that type is.
const fn shape_of(json_type: JsonType) -> &'static str {
    match json_type {
        JsonType::String => "an example or default of a string is a string in quotes",
        JsonType::Boolean => "an example or default of a boolean is `true` or `false`",
        JsonType::Integer => "an example or default of an integer is a number without a fraction",
        JsonType::Number => "an example or default of a number is a number",
        JsonType::Object => "an example or default of an object is an object: `{\"member\": …}`",
        JsonType::Array => "an example or default of an array is an array: `[{…}]`",
    }
}

#[track_caller]
const fn text_fits(ty: &TypeSpec, text: &str, member: Option<&str>) {
    if let Some(format) = ty.format
        && !format.fits(text)
    {
        let words = about("[T042] ", member).and_quoted(text).and(" does not fit `format: ");
        let words = words.and(format.name()).and("`; write one such as `").and(format.sample());
        panic!("{}", words.and("`").as_str());
    }
    if !ty.values.is_empty() && !contains(ty.values, text) {
        let words = about("[T041] ", member).and_quoted(text);
        let words = words.and(" is no value of this enum; it has ").and_all(ty.values);
        panic!("{}", words.as_str());
    }
}

#[track_caller]
const fn object_fits(table: &[Row], members: &[(&str, Literal)]) {
    members_fit(table, members);
    nothing_missing(table, members);
}

#[track_caller]
const fn members_fit(table: &[Row], members: &[(&str, Literal)]) {
    let mut at = 0;
    while at < members.len() {
        let (name, value) = &members[at];
        let Some(row) = find(table, name) else {
            let words = Words::new("[T041] an example or default names the member ");
            let words = words.and_quoted(name).and(", which its struct does not have; remove it");
            panic!("{}", words.as_str());
        };
        value_fits(&row.resolved(), value, Some(name));
        if !row.offers(value) {
            let words = about("[T041] ", Some(name)).and("this is none of the field's `values`");
            panic!("{}", words.and("; write one of them").as_str());
        }
        at += 1;
    }
}

#[track_caller]
const fn nothing_missing(table: &[Row], members: &[(&str, Literal)]) {
    if let Some(name) = missing(table, members) {
        let words = Words::new("[T041] an example or default lacks the member ");
        panic!("{}", words.and_quoted(name).and(" of its struct; add it").as_str());
    }
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

/// A required member that is not among these.
const fn missing(table: &[Row], members: &[(&str, Literal)]) -> Option<&'static str> {
    let mut at = 0;
    while at < table.len() {
        let row = &table[at];
        let missing = if row.is_optional {
            None
        } else if row.is_flattened {
            missing(row.ty.properties, members)
        } else if has_member(members, row.name) {
            None
        } else {
            Some(row.name)
        };
        if missing.is_some() {
            return missing;
        }
        at += 1;
    }
    None
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

/// Judges the names of an object, `outline`, into which structs of these types are flattened: those
/// of the struct at this index.
///
/// # Panics
///
/// If one of them stands in the object already: a compile error.
#[track_caller]
pub const fn names_differ(outline: Outline<'static>, flattened: &[&TypeSpec], index: usize) {
    let (before, _) = flattened.split_at(index);
    let twice = twice(outline, before, flattened[index].properties, NONE);
    if twice.count > 0 {
        let (names, _) = twice.names.split_at(twice.count);
        let words = Words::new("[T021] properties of this struct stand in the payload already: ");
        panic!("{}", words.and_all(names).and("; rename one of each two").as_str());
    }
}

/// The first names that stand twice.
struct Twice {
    names: [&'static str; 8],
    count: usize,
}

const NONE: Twice = Twice { names: [""; 8], count: 0 };

const fn twice(
    outline: Outline<'static>,
    before: &[&TypeSpec],
    table: &[Row],
    mut found: Twice,
) -> Twice {
    let mut at = 0;
    while at < table.len() && found.count < found.names.len() {
        let row = &table[at];
        if row.is_flattened {
            found = twice(outline, before, row.ty.properties, found);
        } else if has_property(outline, row.name) || any_has_property(before, row.name) {
            found.names[found.count] = row.name;
            found.count += 1;
        }
        at += 1;
    }
    found
}

/// Whether one of the object's own properties has this name.
const fn has_property(outline: Outline<'static>, name: &str) -> bool {
    let mut rest = from_next_lead(outline);
    while let Some((piece, after)) = rest.split_first() {
        if same(name_in(piece.text), name) {
            return true;
        }
        rest = from_next_lead(after);
    }
    false
}

const fn any_has_property(flattened: &[&TypeSpec], name: &str) -> bool {
    let mut at = 0;
    while at < flattened.len() {
        if find(flattened[at].properties, name).is_some() {
            return true;
        }
        at += 1;
    }
    false
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

#[cfg(test)]
mod tests {
    use std::panic::catch_unwind;

    use trigger_dialect::{Outline, OutlineWriter, Part};

    use super::*;
    use crate::property::Property;
    use crate::schema::{Format, rows};

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

    type Properties<const N: usize> = [(&'static str, Option<Part>, &'static TypeSpec); N];

    /// The properties by name, each with what leaves its place to its members or not, and a type.
    fn object<const N: usize>(properties: Properties<N>) -> &'static TypeSpec {
        let properties = rows(outline(properties), &[], &[], &properties.map(|(_, _, ty)| ty));
        Box::leak(Box::new(TypeSpec {
            properties: Box::leak(Box::<[Row; N]>::new(properties)),
            ..TypeSpec::new(JsonType::Object)
        }))
    }

    fn outline<const N: usize>(properties: Properties<N>) -> Outline<'static> {
        let mut writer = OutlineWriter::default();
        for (name, flag, _) in properties {
            writer.push_text(Part::Lead, &format!(",\"{name}\":"));
            writer.push_text(Part::Title, "");
            if let Some(part) = flag {
                writer.push(part);
            }
        }
        let (text, parts) = writer.finish();
        Outline { text: text.leak(), parts: parts.leak() }
    }

    const FLATTENED: Option<Part> = Some(Part::Flattened);
    const EMAIL: TypeSpec = TypeSpec::formatted(Format::Email);

    fn line() -> &'static TypeSpec {
        object([
            ("text", None, String::TYPE),
            ("count", None, <Option<u8>>::TYPE),
            ("", FLATTENED, object([("mail", None, &EMAIL)])),
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
        let around = |name| outline([(name, None, String::TYPE), ("", FLATTENED, line())]);
        names_differ(around("other"), &[line()], 0);
        for name in ["text", "mail"] {
            let words = complaint(|| names_differ(around(name), &[line()], 0));
            assert!(
                words.starts_with("[T021]") && words.contains(&format!(": `{name}`;")),
                "{words}"
            );
        }
        names_differ(around("other"), &[line(), line()], 0);
        let words = complaint(|| names_differ(around("other"), &[line(), line()], 1));
        assert!(words.ends_with(": `text`, `count`, `mail`; rename one of each two"), "{words}");
    }
}

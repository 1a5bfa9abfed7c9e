//! The source as text, formatted as rustfmt leaves it.

use std::collections::BTreeSet;

use super::Json;
use super::model::{Kind, Property};
use super::plan::{Entry, Enum, Field, File, Item, Struct};
use crate::output::{COLUMNS, width};

/// What rustfmt puts on one line of an attribute with several entries.
const ATTRIBUTE: usize = 70;

/// The text of a file.
pub(super) fn file(file: &File) -> String {
    let mut lines = uses(&file.uses);
    for (index, item) in file.items.iter().enumerate() {
        lines.push(String::new());
        if index == 0 {
            lines.extend(file.notes.iter().flat_map(|note| comment("", "//", note)));
        }
        match item {
            Item::Struct(item) => structure(item, &mut lines),
            Item::Enum(item) => enumeration(item, &mut lines),
        }
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The `use` lines, one for each module.
fn uses(uses: &BTreeSet<(&str, &str)>) -> Vec<String> {
    let modules: BTreeSet<_> = uses.iter().map(|(module, _)| *module).collect();
    let line = |module: &str| {
        let of_module = uses.iter().filter(|(other, _)| *other == module);
        let names: Vec<_> = of_module.map(|(_, name)| *name).collect();
        match names.as_slice() {
            [name] => format!("use {module}::{name};"),
            names => format!("use {module}::{{{}}};", names.join(", ")),
        }
    };
    let mut lines: Vec<_> = modules.into_iter().map(line).collect();
    // As rustfmt has them: capitals, then small letters, then braces.
    lines.sort();
    lines
}

fn structure(item: &Struct, lines: &mut Vec<String>) {
    lines.push(format!("#[derive(Serialize, {})]", item.derive));
    lines.extend(item.case.name().map(|case| format!("#[serde(rename_all = {case:?})]")));
    trigger(&item.entries, lines);
    lines.extend(head("struct", &item.name));
    item.fields.iter().for_each(|field| self::field(field, lines));
    lines.push("}".to_owned());
}

/// The start of an item, whose brace may not have room beside its name.
pub(super) fn head(keyword: &str, name: &str) -> Vec<String> {
    let line = format!("pub {keyword} {name}");
    if width(&line) + 2 <= COLUMNS { vec![line + " {"] } else { vec![line, "{".to_owned()] }
}

/// The `trigger` attribute of a struct.
fn trigger(entries: &[Entry], lines: &mut Vec<String>) {
    let written = |entry: &Entry| match entry {
        Entry::Written(text) => Some(text.clone()),
        Entry::Proposed { .. } => None,
    };
    let texts: Vec<_> = entries.iter().filter_map(written).collect();
    // The name of a field is no literal, and rustfmt leaves such an attribute alone.
    let is_literal = texts.iter().all(|text| text.ends_with('"'));
    if texts.len() == entries.len() && (is_literal || texts.len() < 3) {
        return lines.extend(attribute("", "trigger", &texts));
    }
    lines.push("#[trigger(".to_owned());
    lines.extend(entries.iter().map(|entry| match entry {
        Entry::Written(text) => format!("    {text},"),
        Entry::Proposed { entry, condition } => format!("    // {entry}, // {condition}"),
    }));
    lines.push(")]".to_owned());
}

/// An attribute, on one line or on several: several entries have less room than one.
pub(super) fn attribute(indentation: &str, name: &str, entries: &[String]) -> Vec<String> {
    let list = entries.join(", ");
    let line = format!("{indentation}#[{name}({list})]");
    let fits = match entries {
        [] => return Vec::new(),
        [_] => width(&line) <= COLUMNS - usize::from(!indentation.is_empty()),
        _ => width(&list) <= ATTRIBUTE,
    };
    if fits {
        return vec![line];
    }
    let inner = entries.join(&format!(",\n{indentation}    "));
    vec![format!("{indentation}#[{name}(\n{indentation}    {inner}\n{indentation})]")]
}

/// What serde writes where its case gives another name.
fn rename(rename: Option<&String>) -> Vec<String> {
    let entry = rename.map(|name| format!("rename = {name:?}"));
    attribute("    ", "serde", entry.as_slice())
}

fn field(field: &Field, lines: &mut Vec<String>) {
    const INDENTATION: &str = "    ";
    lines.extend(field.notes.iter().flat_map(|note| comment(INDENTATION, "//", note)));
    let mut entries = field.entries.clone();
    if let Some(description) = &field.description {
        let documentation = comment(INDENTATION, "///", description);
        if reads_as(&documentation, description) {
            lines.extend(documentation);
        } else {
            entries.insert(0, format!("description = {description:?}"));
        }
    }
    lines.extend(rename(field.rename.as_ref()));
    lines.extend(attribute(INDENTATION, "trigger", &entries));
    lines.extend(member(&field.name, &field.ty));
}

/// A field of a struct, whose type may not have room beside its name.
pub(super) fn member(name: &str, ty: &str) -> Vec<String> {
    let line = format!("    pub {name}: {ty},");
    if width(&line) <= COLUMNS {
        return vec![line];
    }
    vec![format!("    pub {name}:"), format!("        {ty},")]
}

fn enumeration(item: &Enum, lines: &mut Vec<String>) {
    lines.push("#[derive(Serialize, Property)]".to_owned());
    lines.extend(item.case.name().map(|case| format!("#[serde(rename_all = {case:?})]")));
    lines.extend(head("enum", &item.name));
    for (name, value) in &item.variants {
        lines.extend(rename(value.as_ref()));
        lines.push(format!("    {name},"));
    }
    lines.push("}".to_owned());
}

/// The text in lines of a comment.
fn comment(indentation: &str, mark: &str, text: &str) -> Vec<String> {
    let start = format!("{indentation}{mark} ");
    let mut lines = Vec::new();
    let mut line = String::new();
    for word in text.split_whitespace() {
        let is_full = width(&start) + width(&line) + 1 + width(word) > COLUMNS;
        if is_full && !line.is_empty() {
            lines.push(format!("{start}{line}"));
            line.clear();
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.extend(word.chars().filter(|letter| is_plain(*letter)));
    }
    lines.push(format!("{start}{line}"));
    lines
}

/// Whether the derive reads these lines of a doc comment as this text, and rustdoc finds in it
/// nothing to complain of.
fn reads_as(documentation: &[String], text: &str) -> bool {
    let lines = documentation.iter().filter_map(|line| line.trim_start().strip_prefix("/// "));
    let read: Vec<_> = lines.collect();
    // Links and marks, tags, addresses.
    let is_marked = text.contains(['`', '[', '<']) || text.contains("://");
    !is_marked && text.chars().all(is_plain) && read.join(" ") == text
}

/// Whether the character is seen as itself: others may turn a line around.
pub(super) fn is_plain(letter: char) -> bool {
    letter.escape_debug().count() == 1 || matches!(letter, '"' | '\'' | '\\')
}

/// A value of a property as an attribute holds it.
pub(super) fn literal(value: &Json, property: &Property) -> String {
    match value {
        Json::Null => "null".to_owned(),
        Json::Boolean(value) => value.to_string(),
        Json::Integer(value) => integer(*value, &property.kind),
        Json::Number(value) if matches!(property.kind, Kind::Integer) => format!("{value:.0}"),
        Json::Number(value) => format!("{value:?}"),
        Json::String(text) => format!("{text:?}"),
        Json::Array(items) => {
            let items: Vec<_> = items.iter().map(|item| literal(item, property)).collect();
            format!("[{}]", items.join(", "))
        }
        Json::Object(members) => {
            let described = property.members();
            let of = |name: &str| described.iter().find(|it| it.key == name).unwrap_or(property);
            let member =
                |(name, value): &(String, Json)| format!("{name:?}: {}", literal(value, of(name)));
            let members: Vec<_> = members.iter().map(member).collect();
            format!("{{{}}}", members.join(", "))
        }
    }
}

/// An integer, as a float where an attribute takes no integer as large.
#[allow(clippy::cast_precision_loss)]
fn integer(value: i128, kind: &Kind) -> String {
    let is_large = value.unsigned_abs() > trigger_dialect::INTEGER_MAX.into();
    match kind {
        Kind::Number if is_large => format!("{:?}", value as f64),
        _ => value.to_string(),
    }
}

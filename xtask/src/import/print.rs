//! The source as text, formatted as rustfmt leaves it.

use std::collections::BTreeSet;

use super::Json;
use super::model::{Kind, Property};
use super::plan::{Entry, Enum, Field, File, Item, Said, Struct};
use crate::output::{COLUMNS, width};

/// What rustfmt puts on one line of an attribute with several entries.
const ATTRIBUTE: usize = 70;

/// The text of a file.
pub(super) fn file(file: &File) -> String {
    let mut lines = uses(&file.uses);
    for item in &file.items {
        lines.push(String::new());
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
        Entry::Written(said) => Some(said.clone()),
        Entry::Proposed { .. } => None,
    };
    let said: Vec<_> = entries.iter().filter_map(written).collect();
    // The name of a field is no literal, and rustfmt leaves such an attribute alone.
    let is_literal = said.iter().all(Said::ends_with_a_text);
    if said.len() == entries.len() && (is_literal || said.len() < 3) {
        return lines.extend(attribute(On::Item, "trigger", said));
    }
    lines.push("#[trigger(".to_owned());
    lines.extend(entries.iter().map(|entry| match entry {
        Entry::Written(said) => format!("    {},", said.laid_out("    ")),
        Entry::Proposed { entry, condition } => format!("    // {entry}, // {condition}"),
    }));
    lines.push(")]".to_owned());
}

impl Said {
    fn ends_with_a_text(&self) -> bool {
        match self {
            Self::Plain(text) => text.ends_with('"'),
            Self::List(_, entries) => entries.iter().all(|text| text.ends_with('"')),
        }
    }

    fn on_one_line(&self) -> String {
        match self {
            Self::Plain(text) => text.clone(),
            Self::List(name, entries) => format!("{name}({})", entries.join(", ")),
        }
    }

    /// On one line or on several, the first of which is indented already.
    fn laid_out(&self, indentation: &str) -> String {
        match self {
            Self::List(name, entries) if !self.fits(indentation) => {
                let inner = entries.join(&format!(",\n{indentation}    "));
                format!("{name}(\n{indentation}    {inner}\n{indentation})")
            }
            said => said.on_one_line(),
        }
    }

    fn fits(&self, indentation: &str) -> bool {
        match self {
            Self::List(_, entries) if entries.len() > 1 => width(&entries.join(", ")) <= ATTRIBUTE,
            said => indentation.len() + width(&said.on_one_line()) < COLUMNS,
        }
    }
}

/// What an attribute stands on.
#[derive(Clone, Copy)]
pub(super) enum On {
    Item,
    Field,
    Variant,
}

impl On {
    fn indentation(self) -> &'static str {
        match self {
            Self::Item => "",
            Self::Field | Self::Variant => "    ",
        }
    }

    /// What rustfmt puts on one line of a single entry.
    fn columns(self) -> usize {
        match self {
            Self::Item | Self::Variant => COLUMNS,
            Self::Field => COLUMNS - 1,
        }
    }
}

/// An attribute, on one line or on several: several entries have less room than one.
pub(super) fn attribute(
    on: On,
    name: &str,
    entries: impl IntoIterator<Item = impl Into<Said>>,
) -> Vec<String> {
    let entries: Vec<_> = entries.into_iter().map(Into::into).collect();
    let indentation = on.indentation();
    let on_one_line: Vec<_> = entries.iter().map(Said::on_one_line).collect();
    let list = on_one_line.join(", ");
    let line = format!("{indentation}#[{name}({list})]");
    let has_room = width(&line) <= on.columns();
    let fits = match entries.as_slice() {
        [] => return Vec::new(),
        [only @ Said::List(..)] if !(has_room && only.fits(indentation)) => {
            let only = only.laid_out(indentation);
            return vec![format!("{indentation}#[{name}({only})]")];
        }
        [_] => has_room,
        _ => width(&list) <= ATTRIBUTE,
    };
    if fits {
        return vec![line];
    }
    let inner = format!("{indentation}    ");
    let entries: Vec<_> = entries.iter().map(|entry| entry.laid_out(&inner)).collect();
    let entries = entries.join(&format!(",\n{inner}"));
    vec![format!("{indentation}#[{name}(\n{inner}{entries}\n{indentation})]")]
}

/// What serde writes where its case gives another name.
fn rename(on: On, rename: Option<&String>) -> Vec<String> {
    attribute(on, "serde", rename.map(|name| format!("rename = {name:?}")))
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
            entries.insert(0, Said::Plain(format!("description = {description:?}")));
        }
    }
    lines.extend(rename(On::Field, field.rename.as_ref()));
    lines.extend(attribute(On::Field, "trigger", entries));
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
    for variant in &item.variants {
        lines.extend(rename(On::Variant, variant.rename.as_ref()));
        lines.extend(attribute(On::Variant, "trigger", variant.entries.clone()));
        lines.push(format!("    {},", variant.name));
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

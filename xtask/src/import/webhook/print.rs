//! The source as text, formatted as rustfmt leaves it.

use super::super::names::Case;
use super::super::print::{On, attribute, head, member};
use super::markdown::documentation;
use super::plan::{Enum, Field, File, Item, Struct};

const INDENTATION: &str = "    ";

/// What reads a list, wherever a file has one.
const ITEMS: &str = "\
/// The items of a list without those that are null; none if the list itself is.
fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    let items = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
    Ok(items.into_iter().flatten().flatten().collect())
}";

/// The text of a file that is made of the page called `page`.
pub(super) fn file(file: &File, page: &str) -> String {
    let mut lines = header(&file.title, page);
    let mut has_lists = false;
    for item in &file.items {
        lines.push(String::new());
        match item {
            Item::Struct(item) => {
                has_lists |= item.fields.iter().any(|field| field.is_list);
                structure(item, &mut lines);
            }
            Item::Enum(item) => enumeration(item, &mut lines),
        }
    }
    if has_lists {
        lines.extend(["", ITEMS].map(str::to_owned));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn header(title: &str, page: &str) -> Vec<String> {
    let title = format!("The body of Wix's webhook “{title}”.");
    let made = format!("Made by `cargo xtask import-webhook` of {page}, which is what to edit.");
    let mut lines = documentation("//! ", &[title, made]);
    lines.extend(
        ["", "// Its words and names are Wix's.", "#![allow(clippy::pedantic, clippy::style)]", ""]
            .map(str::to_owned),
    );
    lines.push("use serde::Deserialize;".to_owned());
    lines
}

fn structure(item: &Struct, lines: &mut Vec<String>) {
    lines.extend(documentation("/// ", &item.words));
    lines.push("#[derive(Clone, Debug, Default, PartialEq, Deserialize)]".to_owned());
    let entries = [Some("default".to_owned()), rename_all(item.case)];
    lines.extend(attribute(On::Item, "serde", entries.into_iter().flatten()));
    let mut start = head("struct", &item.name);
    if item.fields.is_empty() {
        let end = start.pop().unwrap_or_default();
        lines.extend(start);
        return lines.push(end + "}");
    }
    lines.extend(start);
    item.fields.iter().for_each(|field| self::field(field, lines));
    lines.push("}".to_owned());
}

fn field(field: &Field, lines: &mut Vec<String>) {
    lines.extend(documentation("    /// ", &field.words));
    let items = field.is_list.then(|| "deserialize_with = \"items\"".to_owned());
    let entries = rename(field.rename.as_ref()).into_iter().chain(items);
    lines.extend(attribute(On::Field, "serde", entries));
    lines.extend(member(&field.name, &field.ty));
}

fn enumeration(item: &Enum, lines: &mut Vec<String>) {
    lines.extend(documentation("/// ", &item.words));
    lines.push("#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]".to_owned());
    lines.extend(attribute(On::Item, "serde", rename_all(item.case)));
    lines.extend(head("enum", &item.name));
    for variant in &item.variants {
        lines.extend(documentation("    /// ", &variant.words));
        lines.extend(attribute(On::Variant, "serde", rename(variant.rename.as_ref())));
        lines.push(format!("{INDENTATION}{},", variant.name));
    }
    lines.push("    /// A value that the page does not have, as Wix sent it.".to_owned());
    lines.push("    #[serde(untagged)]".to_owned());
    lines.push(format!("{INDENTATION}{}(String),", item.unlisted));
    lines.push("}".to_owned());
}

fn rename_all(case: Case) -> Option<String> {
    case.name().map(|case| format!("rename_all = {case:?}"))
}

fn rename(name: Option<&String>) -> Option<String> {
    name.map(|name| format!("rename = {name:?}"))
}

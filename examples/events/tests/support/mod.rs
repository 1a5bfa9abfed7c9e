//! Readers of the page and of the generated source that have nothing in common with the command's.

use std::collections::BTreeMap;

pub(crate) const PAGE: &str = include_str!("../../wix/event_published.md");
pub(crate) const SOURCE: &str = include_str!("../../src/wix/event_published.rs");

/// What a page tells, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Token {
    /// A name and its type.
    Field(String, String),
    OneOf,
    /// A value of an enum.
    Value(String),
}

impl Token {
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Field(name, _) => name,
            Self::OneOf => "ONE-OF",
            Self::Value(value) => value,
        }
    }
}

/// A text without its lines and indentation.
pub(crate) fn words(text: &str) -> Vec<&str> {
    text.split_whitespace().collect()
}

/// The tokens of a page, by its lines.
pub(crate) fn of_page(page: &str) -> Vec<Token> {
    schema(page).lines().filter_map(|line| token(line.trim())).collect()
}

/// The tokens of a page without lines, by the marks in it.
pub(crate) fn of_flat_page(page: &str) -> Vec<Token> {
    schema(page).split(" - ").filter_map(|part| token(&format!("- {}", part.trim()))).collect()
}

/// What stands in the first block of code.
fn schema(page: &str) -> &str {
    page.split("```").nth(1).expect("a schema")
}

fn token(text: &str) -> Option<Token> {
    let text = text.strip_prefix("- ")?.trim_start();
    if text == "ONE-OF:" {
        return Some(Token::OneOf);
    }
    if let Some(rest) = text.strip_prefix("name: ") {
        let (name, rest) = rest.split_once(" | type: ").expect("a type");
        let (ty, _) = rest.split_once(" | description:").expect("a description");
        return Some(Token::Field(name.to_owned(), ty.to_owned()));
    }
    let (value, _) = text.split_once(": ")?;
    let is_value = value.chars().all(|letter| letter.is_ascii_uppercase() || letter == '_');
    is_value.then(|| Token::Value(value.to_owned()))
}

/// A generated type: keys with Rust types, or values.
pub(crate) enum Item {
    Struct(Vec<(String, String)>),
    Enum(Vec<String>),
}

/// The generated types, by name. None of them has a `rename`.
pub(crate) fn items() -> BTreeMap<String, Item> {
    assert!(!SOURCE.contains("rename ="));
    let mut items = BTreeMap::new();
    let mut current = String::new();
    for line in SOURCE.lines() {
        if let Some(name) = between(line, "pub struct ", " {") {
            name.clone_into(&mut current);
            items.insert(current.clone(), Item::Struct(Vec::new()));
        } else if let Some(name) = between(line, "pub enum ", " {") {
            name.clone_into(&mut current);
            items.insert(current.clone(), Item::Enum(Vec::new()));
        } else if let Some(item) = items.get_mut(&current) {
            member(item, line);
        }
    }
    items
}

fn member(item: &mut Item, line: &str) {
    match item {
        Item::Struct(fields) => {
            let field = between(line, "    pub ", ",").and_then(|field| field.split_once(": "));
            fields.extend(field.map(|(name, ty)| (camel(name), ty.to_owned())));
        }
        Item::Enum(values) => {
            let variant =
                between(line, "    ", ",").filter(|it| it.chars().all(char::is_alphanumeric));
            values.extend(variant.map(screaming));
        }
    }
}

fn between<'a>(line: &'a str, start: &str, end: &str) -> Option<&'a str> {
    line.strip_prefix(start)?.strip_suffix(end)
}

fn camel(name: &str) -> String {
    let mut words = name.trim_start_matches("r#").split('_');
    let first = words.next().unwrap_or_default().to_owned();
    words.fold(first, |name, word| name + &word[..1].to_uppercase() + &word[1..])
}

fn screaming(variant: &str) -> String {
    let mut name = String::new();
    for letter in variant.chars() {
        if letter.is_uppercase() && !name.is_empty() {
            name.push('_');
        }
        name.extend(letter.to_uppercase());
    }
    name
}

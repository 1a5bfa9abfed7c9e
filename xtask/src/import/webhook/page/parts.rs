//! The parts of a line: names, types, values, words.

use super::lines::Line;
use super::{At, Type};
use crate::import::webhook::PageProblem;

/// How many characters a name or the name of a type may have.
const NAME: usize = 100;

/// The parts of a field's line.
pub(super) fn parts<'a>(line: &Line<'a>) -> At<(String, Type, bool, Option<&'a str>)> {
    let problem = |problem| Err((line.number, problem));
    let text = line.text.strip_prefix("- name:").unwrap_or(line.text);
    let Some((name, rest)) = text.split_once("| type:") else {
        return problem(PageProblem::Field);
    };
    let (ty, words) = match rest.split_once('|') {
        None => (rest, ""),
        Some((ty, rest)) => match rest.trim_start().strip_prefix("description:") {
            Some(words) => (ty, words),
            None => return problem(PageProblem::Field),
        },
    };
    if words.contains("- name:") && words.contains("| type:") {
        return problem(PageProblem::SeveralFields);
    }
    let (name, ty) = (name.trim().to_owned(), ty.trim());
    if !is_name(&name) {
        return problem(PageProblem::Name { name });
    }
    match read_type(ty) {
        Some((ty, is_list)) => Ok((name, ty, is_list, told(words))),
        None => problem(PageProblem::Type { ty: ty.to_owned() }),
    }
}

/// Words, if there are any.
pub(super) fn told(words: &str) -> Option<&str> {
    let words = words.trim();
    (!words.is_empty() && words != "none").then_some(words)
}

pub(super) fn is_name(name: &str) -> bool {
    let is_right = |letter: char| !letter.is_whitespace() && !letter.is_control();
    !name.is_empty() && name.chars().count() <= NAME && name.chars().all(is_right)
}

/// A type, and whether it is a list of it. What stands in parentheses is for people to read.
fn read_type(text: &str) -> Option<(Type, bool)> {
    let plain = text.split_once('(').map_or(text, |(plain, _)| plain).trim();
    if plain == "array" {
        return Some((Type::Object, true));
    }
    let item = plain.strip_prefix("array<").and_then(|rest| rest.strip_suffix('>'));
    let ty = match item.unwrap_or(plain).trim() {
        "string" => Type::String,
        "boolean" => Type::Boolean,
        "integer" => Type::Integer,
        "number" => Type::Number,
        "object" => Type::Object,
        name => Type::Named(type_name(name)?.to_owned()),
    };
    Some((ty, item.is_some()))
}

fn type_name(name: &str) -> Option<&str> {
    let is_right = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    (starts_well && name.len() <= NAME && name.chars().all(is_right)).then_some(name)
}

/// A value of an enum and the words about it, if the line is one.
pub(super) fn value(text: &str) -> Option<(&str, &str)> {
    let rest = text.strip_prefix('-')?.trim_start();
    let (value, words) = rest.split_once(':').unwrap_or((rest, ""));
    let is_right = |letter: char| letter.is_ascii_alphanumeric() || "_-.".contains(letter);
    (!value.is_empty() && value.chars().all(is_right)).then_some((value, words))
}

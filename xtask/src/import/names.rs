//! Rust names for keys and values, and what serde makes of them.

use std::collections::{HashMap, HashSet};

/// The words of a name in small letters: they end at what is no letter or digit of ASCII, and
/// where camelCase steps.
fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let letters: Vec<char> = name.chars().collect();
    let mut is_inside = false;
    for (at, &letter) in letters.iter().enumerate() {
        if !letter.is_ascii_alphanumeric() {
            is_inside = false;
            continue;
        }
        let previous = at.checked_sub(1).map(|before| letters[before]);
        let next = letters.get(at + 1).copied();
        if !is_inside || previous.is_some_and(|previous| steps(previous, letter, next)) {
            words.push(String::new());
        }
        is_inside = true;
        if let Some(word) = words.last_mut() {
            word.push(letter.to_ascii_lowercase());
        }
    }
    words
}

/// Whether a new word starts at `letter`: `dueAt` at the `A`, `imageURLOf` at the `O`.
fn steps(previous: char, letter: char, next: Option<char>) -> bool {
    let after_small = previous.is_ascii_lowercase() || previous.is_ascii_digit();
    let ends_capitals =
        previous.is_ascii_uppercase() && next.is_some_and(|next| next.is_ascii_lowercase());
    letter.is_ascii_uppercase() && (after_small || ends_capitals)
}

/// `due_at` of `dueAt`. Without `r#`; not empty.
pub(super) fn snake(name: &str) -> String {
    let name = words(name).join("_");
    match name.chars().next() {
        None => "field".to_owned(),
        Some(first) if first.is_ascii_digit() => format!("_{name}"),
        Some(_) => name,
    }
}

/// `InvoiceDue` of `invoice_due`; `otherwise` is put before what cannot start a name.
pub(super) fn pascal(name: &str, otherwise: &str) -> String {
    let name: String = words(name).iter().map(|word| capitalized(word)).collect();
    let starts_well = name.starts_with(|first: char| first.is_ascii_alphabetic());
    if starts_well { name } else { format!("{otherwise}{name}") }
}

fn capitalized(word: &str) -> String {
    let (first, rest) = word.split_at(word.len().min(1));
    format!("{}{rest}", first.to_ascii_uppercase())
}

/// One of what a word names several of: `line` of `lines`.
pub(super) fn singular(name: &str) -> Option<String> {
    let is_one = ["ss", "us", "is"].iter().any(|end| name.ends_with(end));
    let is_long = ["sses", "xes", "ches", "shes"].iter().any(|end| name.ends_with(end));
    match name.strip_suffix("ies") {
        Some(start) if !start.is_empty() => Some(format!("{start}y")),
        _ if is_one => None,
        _ if is_long => name.strip_suffix("es").map(str::to_owned),
        _ => name.strip_suffix('s').filter(|start| !start.is_empty()).map(str::to_owned),
    }
}

/// The names of a struct's fields, of an enum's variants or of a file's types, each once.
#[derive(Default)]
pub(super) struct Names {
    taken: HashSet<String>,
    /// How often a name was wanted.
    wanted: HashMap<String, usize>,
}

impl Names {
    /// Takes the name, if nobody has it.
    pub(super) fn take(&mut self, name: &str) -> bool {
        self.taken.insert(name.to_owned())
    }

    /// Takes the name, with a number behind it if somebody has it.
    pub(super) fn take_numbered(&mut self, name: String, separator: &str) -> String {
        if self.take(&name) {
            return name;
        }
        // Rust warns of `self__2`.
        let separator = if name.ends_with('_') { "" } else { separator };
        loop {
            let number = self.wanted.entry(name.clone()).or_insert(1);
            *number += 1;
            let numbered = format!("{name}{separator}{number}");
            if self.take(&numbered) {
                return numbered;
            }
        }
    }
}

/// A field's name as it is written in Rust.
pub(super) fn field(plain: &str) -> String {
    if KEYWORDS.contains(&plain) { format!("r#{plain}") } else { plain.to_owned() }
}

/// A field's name without `r#`, of which there are some that it could not have.
pub(super) fn plain_field(key: &str) -> String {
    let name = snake(key);
    if ["crate", "self", "super"].contains(&name.as_str()) { format!("{name}_") } else { name }
}

const KEYWORDS: [&str; 48] = [
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "do", "dyn",
    "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl", "in", "let",
    "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref", "return",
    "static", "struct", "trait", "true", "try", "type", "typeof", "unsafe", "unsized", "use",
    "virtual", "where", "while", "yield",
];

/// Names that a type of an import cannot have: those that its source leans on.
pub(super) fn taken() -> impl Iterator<Item = &'static str> {
    PRELUDE.into_iter().chain(TAKEN)
}

/// The names that stand in `use` lines, or may.
const TAKEN: [&str; 12] = [
    "Attachment",
    "Date",
    "DateTime",
    "ImageUrl",
    "Money",
    "NaiveDate",
    "Property",
    "Serialize",
    "Timestamp",
    "Trigger",
    "Utc",
    "Uuid",
];

/// Names of Rust's prelude, which derives and attributes lean on as well.
pub(super) const PRELUDE: [&str; 36] = [
    "AsMut",
    "AsRef",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Hash",
    "Into",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "Vec",
];

/// A way in which serde writes all names of a struct or enum: `rename_all`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    AsWritten,
    Lower,
    Upper,
    Camel,
    Pascal,
    Snake,
    ScreamingSnake,
    Kebab,
    ScreamingKebab,
}

impl Case {
    /// The attribute's value.
    pub(super) fn name(self) -> Option<&'static str> {
        match self {
            Self::AsWritten => None,
            Self::Lower => Some("lowercase"),
            Self::Upper => Some("UPPERCASE"),
            Self::Camel => Some("camelCase"),
            Self::Pascal => Some("PascalCase"),
            Self::Snake => Some("snake_case"),
            Self::ScreamingSnake => Some("SCREAMING_SNAKE_CASE"),
            Self::Kebab => Some("kebab-case"),
            Self::ScreamingKebab => Some("SCREAMING-KEBAB-CASE"),
        }
    }

    /// What serde writes for the field of this name.
    pub(super) fn of_field(self, name: &str) -> String {
        match self {
            Self::Camel => small_start(&Self::Pascal.of_field(name)),
            Self::Pascal => name.split('_').map(capitalized).collect(),
            Self::ScreamingSnake => name.to_ascii_uppercase(),
            _ => name.to_owned(),
        }
    }

    /// What serde writes for the variant of this name.
    pub(super) fn of_variant(self, name: &str) -> String {
        match self {
            Self::AsWritten | Self::Pascal => name.to_owned(),
            Self::Lower => name.to_ascii_lowercase(),
            Self::Upper => name.to_ascii_uppercase(),
            Self::Camel => small_start(name),
            Self::Snake => separated(name),
            Self::ScreamingSnake => separated(name).to_ascii_uppercase(),
            Self::Kebab => separated(name).replace('_', "-"),
            Self::ScreamingKebab => Self::ScreamingSnake.of_variant(name).replace('_', "-"),
        }
    }

    const OF_FIELDS: [Self; 4] = [Self::AsWritten, Self::Camel, Self::Pascal, Self::ScreamingSnake];
    const OF_VARIANTS: [Self; 8] = [
        Self::AsWritten,
        Self::Upper,
        Self::Lower,
        Self::ScreamingSnake,
        Self::Snake,
        Self::Camel,
        Self::Kebab,
        Self::ScreamingKebab,
    ];

    /// The case that leaves the fewest names of fields to be written, of pairs of names and keys.
    pub(super) fn of_fields(names: &[(String, String)]) -> Self {
        best(&Self::OF_FIELDS, names, Self::of_field)
    }

    /// The case that leaves the fewest names of variants to be written.
    pub(super) fn of_variants(names: &[(String, String)]) -> Self {
        best(&Self::OF_VARIANTS, names, Self::of_variant)
    }
}

fn best(cases: &[Case], names: &[(String, String)], of: fn(Case, &str) -> String) -> Case {
    let fitting = |case: Case| names.iter().filter(|(name, key)| of(case, name) == *key).count();
    // Of equals, the last one is the greatest.
    let best = cases.iter().rev().max_by_key(|case| fitting(**case));
    best.copied().unwrap_or(Case::AsWritten)
}

fn small_start(name: &str) -> String {
    let (first, rest) = name.split_at(name.len().min(1));
    format!("{}{rest}", first.to_ascii_lowercase())
}

/// `bank_transfer` of `BankTransfer`
fn separated(name: &str) -> String {
    let mut separated = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_ascii_uppercase() {
            separated.push('_');
        }
        separated.push(letter.to_ascii_lowercase());
    }
    separated
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_become_names_that_serde_turns_back() {
        for (key, name, case) in [
            ("dueAt", "due_at", Case::Camel),
            ("line2Text", "line2_text", Case::Camel),
            ("1st", "_1st", Case::Camel),
            ("due_at", "due_at", Case::AsWritten),
            ("DueAt", "due_at", Case::Pascal),
            ("DUE_AT", "due_at", Case::ScreamingSnake),
        ] {
            assert_eq!(snake(key), name);
            assert_eq!(Case::of_fields(&[(name.to_owned(), key.to_owned())]), case, "{key}");
            assert_eq!(case.of_field(name), key);
        }
        assert_eq!(snake("imageURL_"), "image_url");
        assert_eq!(snake("___"), "field");
    }

    #[test]
    fn values_become_names_that_serde_turns_back() {
        for (value, name, case) in [
            ("SENT", "Sent", Case::Upper),
            ("BANK_TRANSFER", "BankTransfer", Case::ScreamingSnake),
            ("bank_transfer", "BankTransfer", Case::Snake),
            ("bank-transfer", "BankTransfer", Case::Kebab),
            ("bankTransfer", "BankTransfer", Case::Camel),
            ("sent", "Sent", Case::Lower),
            ("Sent", "Sent", Case::AsWritten),
        ] {
            assert_eq!(pascal(value, "Value"), name);
            assert_eq!(Case::of_variants(&[(name.to_owned(), value.to_owned())]), case, "{value}");
        }
        assert_eq!(pascal("1st", "Value"), "Value1st");
        assert_eq!(pascal("\u{e4}", "Value"), "Value");
    }

    #[test]
    fn one_of_several() {
        for (several, one) in [
            ("lines", Some("line")),
            ("entries", Some("entry")),
            ("addresses", Some("address")),
            ("status", None),
            ("address", None),
            ("data", None),
            ("s", None),
        ] {
            assert_eq!(singular(several).as_deref(), one, "{several}");
        }
    }
}

//! What is printed: the structs and enums, with their names in Rust.

use std::collections::HashMap;

use super::super::names::{Case, Names, field, pascal, plain_field};
use super::body;
use super::page::{self, At, Page, Type};
use super::type_names;
use super::types::Types;

pub(super) struct File {
    /// What the page calls the webhook.
    pub(super) title: String,
    pub(super) items: Vec<Item>,
}

pub(super) enum Item {
    Struct(Struct),
    Enum(Enum),
}

pub(super) struct Struct {
    pub(super) name: String,
    pub(super) words: Vec<String>,
    pub(super) case: Case,
    pub(super) fields: Vec<Field>,
}

pub(super) struct Field {
    pub(super) name: String,
    pub(super) rename: Option<String>,
    pub(super) words: Vec<String>,
    pub(super) ty: String,
    pub(super) is_list: bool,
}

pub(super) struct Enum {
    pub(super) name: String,
    pub(super) words: Vec<String>,
    pub(super) case: Case,
    pub(super) variants: Vec<Variant>,
    /// The variant of values that the page does not have.
    pub(super) unlisted: String,
}

pub(super) struct Variant {
    pub(super) name: String,
    pub(super) rename: Option<String>,
    pub(super) words: Vec<String>,
}

/// Plans the types of the page's body.
pub(super) fn file(page: &Page) -> At<File> {
    let title = page.title.clone();
    let Some(body) = body::field(page)? else {
        return Ok(File { items: vec![Item::Struct(empty(page))], title });
    };
    let root = match &page.fields[body].ty {
        Type::Named(name) => name,
        _ => &page.title,
    };
    let types = Types::new(page, body);
    let names = type_names::names(page, &types, root);
    let plan = Plan { page, body, types, names };
    let items = plan.types.firsts.iter().map(|first| plan.item(*first)).collect();
    Ok(File { title, items })
}

/// The body of an event that has none.
fn empty(page: &Page) -> Struct {
    let name = pascal(&page.title, "Event");
    let words = or_else(&page.words, &format!("`{name}`, which the page does not describe."));
    Struct { name, words, case: Case::AsWritten, fields: Vec::new() }
}

struct Plan<'a> {
    page: &'a Page,
    body: usize,
    types: Types<'a>,
    /// The names of the types by their first fields.
    names: HashMap<usize, String>,
}

impl Plan<'_> {
    fn item(&self, first: usize) -> Item {
        let field = &self.page.fields[first];
        let name = self.names[&first].clone();
        let words = if first == self.body { &self.page.words } else { &field.words };
        let words = or_else(words, &format!("`{name}`, which the page does not describe."));
        if field.values.is_empty() {
            self.structure(field, name, words)
        } else {
            Item::Enum(enumeration(field, name, words))
        }
    }

    fn structure(&self, field: &page::Field, name: String, words: Vec<String>) -> Item {
        let mut names = Names::default();
        let inner = field.fields.iter().map(|at| {
            let key = &self.page.fields[*at].name;
            (names.take_numbered(plain_field(key), "_"), key.clone())
        });
        let pairs: Vec<_> = inner.collect();
        let case = Case::of_fields(&pairs);
        let of = |(at, pair): (&usize, &(String, String))| self.field(*at, pair, case, field);
        let fields = field.fields.iter().zip(&pairs).map(of).collect();
        Item::Struct(Struct { name, words, case, fields })
    }

    fn field(
        &self,
        at: usize,
        (name, key): &(String, String),
        case: Case,
        outer: &page::Field,
    ) -> Field {
        let of_page = &self.page.fields[at];
        let mut words =
            or_else(&of_page.words, &format!("`{key}`, which the page does not describe."));
        words.extend(self.not_told(at));
        words.extend(self.one_of(of_page, outer));
        Field {
            name: field(name),
            rename: (case.of_field(name) != *key).then(|| key.clone()),
            words,
            ty: self.ty(at),
            is_list: of_page.is_list,
        }
    }

    fn ty(&self, at: usize) -> String {
        let field = &self.page.fields[at];
        let name = self.types.of(at).map(|first| self.names[&first].clone());
        let ty = name.unwrap_or_else(|| plain(&field.ty).to_owned());
        match field.is_list {
            true => format!("Vec<{ty}>"),
            false if self.types.is_boxed(at) => format!("Option<Box<{ty}>>"),
            false => format!("Option<{ty}>"),
        }
    }

    /// Says that a type has only a name.
    fn not_told(&self, at: usize) -> Option<String> {
        let Type::Named(name) = &self.page.fields[at].ty else { return None };
        let is_told = self.types.of(at).is_some();
        (!is_told).then(|| format!("Any JSON: the page does not tell which `{name}` this is."))
    }

    /// Says which others are absent where a field of a `ONE-OF` is present.
    fn one_of(&self, field: &page::Field, outer: &page::Field) -> Option<String> {
        let group = field.one_of?;
        let fields = outer.fields.iter().map(|at| &self.page.fields[*at]);
        let of_group = fields.filter(|other| other.one_of == Some(group));
        let names: Vec<_> = of_group.map(|other| format!("`{}`", other.name)).collect();
        let (last, names) = names.split_last()?;
        let names = names.join(", ");
        (!names.is_empty()).then(|| format!("At most one of {names} and {last} is present."))
    }
}

/// The type of what has no type of its own.
fn plain(ty: &Type) -> &'static str {
    match ty {
        Type::String => "String",
        Type::Boolean => "bool",
        Type::Integer => "i64",
        Type::Number => "f64",
        Type::Object | Type::Named(_) => "serde_json::Value",
    }
}

fn enumeration(field: &page::Field, name: String, words: Vec<String>) -> Enum {
    let mut names = Names::default();
    // The one word that no variant can be called.
    names.take("Self");
    let pairs: Vec<_> = field
        .values
        .iter()
        .map(|value| (names.take_numbered(pascal(&value.text, "Value"), ""), value.text.clone()))
        .collect();
    let case = Case::of_variants(&pairs);
    let unlisted = names.take_numbered("Unlisted".to_owned(), "");
    let variant = |(pair, value): (&(String, String), &page::Value)| {
        let (name, key) = pair.clone();
        let absent = format!("`{key}`, which the page does not describe.");
        let rename = (case.of_variant(&name) != key).then_some(key);
        Variant { name, rename, words: or_else(&value.words, &absent) }
    };
    let variants = pairs.iter().zip(&field.values).map(variant).collect();
    Enum { name, words, case, variants, unlisted }
}

fn or_else(words: &[String], otherwise: &str) -> Vec<String> {
    if words.is_empty() { vec![otherwise.to_owned()] } else { words.to_vec() }
}

//! Names for the types of a page: their own, and the path to them where several have the same.

use std::collections::HashMap;

use super::super::names::{Names, PRELUDE, pascal};
use super::page::Page;
use super::types::{Types, around};

/// The names of the types by their first fields. `root` is what the body's would be.
pub(super) fn names(page: &Page, types: &Types<'_>, root: &str) -> HashMap<usize, String> {
    let mut choices: Vec<_> = types.firsts.iter().map(|at| Choice::new(page, *at, root)).collect();
    while lengthen(&mut choices) {}
    let mut names = Names::default();
    for name in taken() {
        names.take(name);
    }
    let mut name = |choice: Choice| (choice.first, names.take_numbered(choice.name(), ""));
    choices.into_iter().map(&mut name).collect()
}

/// What no type can be called: the source leans on these names.
fn taken() -> impl Iterator<Item = &'static str> {
    PRELUDE.into_iter().chain(["Deserialize"])
}

/// Gives a longer name to all types whose name another one has; whether there were any.
fn lengthen(choices: &mut [Choice]) -> bool {
    let mut counts: HashMap<String, usize> = taken().map(|name| (name.to_owned(), 1)).collect();
    for choice in &*choices {
        *counts.entry(choice.name()).or_default() += 1;
    }
    let mut any = false;
    for choice in choices.iter_mut().filter(|choice| counts[&choice.name()] > 1) {
        any |= choice.lengthen();
    }
    any
}

/// The names that a type may have.
struct Choice {
    first: usize,
    own: String,
    field: String,
    /// The types that it stands in, the innermost first.
    around: Vec<String>,
    /// How many of the names were passed over.
    passed: usize,
}

impl Choice {
    fn new(page: &Page, first: usize, root: &str) -> Self {
        let fields = &page.fields;
        let around: Vec<_> = around(fields, first).collect();
        // The last two are the body and the event, which has no type.
        let inside = around.len().saturating_sub(1);
        let name = |(at, field): (usize, &usize)| {
            let is_body = at + 1 == inside;
            let name = if is_body { root.to_owned() } else { fields[*field].type_name() };
            pascal(&name, "Type")
        };
        let own = if inside == 0 { root.to_owned() } else { fields[first].type_name() };
        Self {
            first,
            own: pascal(&own, "Type"),
            field: pascal(&fields[first].item_name(), "Type"),
            around: around.iter().enumerate().take(inside).map(|it| name((it.0, it.1))).collect(),
            passed: 0,
        }
    }

    /// `Status`, `RegistrationStatus`, `RegistrationType` of a field `type`, and the longer paths
    /// to it.
    fn name(&self) -> String {
        let path = |length: usize| -> String {
            self.around.iter().take(length).rev().map(String::as_str).collect()
        };
        match self.passed {
            0 => self.own.clone(),
            1 => path(1) + &self.own,
            passed => path(passed - 1) + &self.field,
        }
    }

    fn lengthen(&mut self) -> bool {
        let may = self.passed <= self.around.len() && !self.around.is_empty();
        self.passed += usize::from(may);
        may
    }
}

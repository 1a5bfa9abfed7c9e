//! Which fields of a page have the same type, and which field is without an end.
//!
//! A page tells a type where it stands first, and then often only its name; or it tells it twice;
//! or another type has the same name. So types are the same that have the same name, the same
//! fields and values, and the same types inside.

use std::collections::{HashMap, HashSet};

use super::page::{Field, Page, Type};

/// The types of the fields from `body` on that stand inside it.
pub(super) struct Types<'a> {
    fields: &'a [Field],
    /// Of each field the first one of the same type.
    of: HashMap<usize, usize>,
    /// The first field of each type, in their order.
    pub(super) firsts: Vec<usize>,
    /// The fields whose type leads back to the struct that they stand in.
    boxed: HashSet<usize>,
}

impl<'a> Types<'a> {
    pub(super) fn new(page: &'a Page, body: usize) -> Self {
        let fields = page.fields.as_slice();
        let inside = inside(fields, body);
        let definitions: Vec<_> =
            inside.iter().copied().filter(|at| fields[*at].is_definition()).collect();
        let told = told(fields, &inside, &definitions);
        let same = same(fields, &definitions, &told);
        let mut types =
            Self { fields, of: HashMap::new(), firsts: Vec::new(), boxed: HashSet::new() };
        types.firsts = definitions.iter().copied().filter(|at| same[at] == *at).collect();
        for (field, definitions) in told {
            let mut firsts = definitions.iter().map(|at| same[at]);
            let first = firsts.next();
            // Which of several types is meant, the page does not tell.
            types.of.extend(first.filter(|one| firsts.all(|it| it == *one)).map(|it| (field, it)));
        }
        types.boxed = types.without_end(body);
        types
    }

    /// The first field of this field's type, if the page tells what that is.
    pub(super) fn of(&self, field: usize) -> Option<usize> {
        self.of.get(&field).copied()
    }

    pub(super) fn is_boxed(&self, field: usize) -> bool {
        self.boxed.contains(&field)
    }

    /// The fields that close a circle, in which no list makes room.
    fn without_end(&self, body: usize) -> HashSet<usize> {
        let mut boxed = HashSet::new();
        let mut seen = HashSet::from([body]);
        let mut path = vec![(body, self.fields[body].fields.iter())];
        let mut on_path = HashSet::from([body]);
        while let Some((first, fields)) = path.last_mut() {
            let Some(field) = fields.next() else {
                on_path.remove(first);
                path.pop();
                continue;
            };
            let Some(inner) = self.of(*field) else { continue };
            if on_path.contains(&inner) && !self.fields[*field].is_list {
                boxed.insert(*field);
            }
            if seen.insert(inner) {
                on_path.insert(inner);
                path.push((inner, self.fields[inner].fields.iter()));
            }
        }
        boxed
    }
}

/// The body and all that stands inside it, in the order of the page.
fn inside(fields: &[Field], body: usize) -> Vec<usize> {
    let mut inside = vec![body];
    let mut is_inside = HashSet::from([body]);
    for (at, field) in fields.iter().enumerate().skip(body + 1) {
        if field.parent.is_some_and(|parent| is_inside.contains(&parent)) {
            is_inside.insert(at);
            inside.push(at);
        }
    }
    inside
}

/// Of each field with a type of the page, the fields that may tell it: itself, or what it stands
/// in, or any other one.
fn told(fields: &[Field], inside: &[usize], definitions: &[usize]) -> HashMap<usize, Vec<usize>> {
    let mut named: HashMap<&str, Vec<usize>> = HashMap::new();
    for at in definitions {
        if let Type::Named(name) = &fields[*at].ty {
            named.entry(name).or_default().push(*at);
        }
    }
    let mut told = HashMap::new();
    for at in inside {
        let Type::Named(name) = &fields[*at].ty else {
            told.extend(fields[*at].is_definition().then(|| (*at, vec![*at])));
            continue;
        };
        let of_it = named.get(name.as_str()).cloned().unwrap_or_default();
        let around = || around(fields, *at).find(|outer| fields[*outer].ty == fields[*at].ty);
        let telling = if fields[*at].is_definition() { Some(*at) } else { around() };
        told.insert(*at, telling.map_or(of_it, |telling| vec![telling]));
    }
    told
}

/// The fields that a field stands in, the innermost first.
pub(super) fn around(fields: &[Field], at: usize) -> impl Iterator<Item = usize> {
    std::iter::successors(fields[at].parent, |outer| fields[*outer].parent)
}

/// Of each definition the first one of the same type. They are taken for the same until something
/// tells them apart, so that a type that stands in itself ends.
fn same(
    fields: &[Field],
    definitions: &[usize],
    told: &HashMap<usize, Vec<usize>>,
) -> HashMap<usize, usize> {
    let mut same: HashMap<usize, usize> = definitions.iter().map(|at| (*at, 0)).collect();
    let mut count = 0;
    loop {
        let mut firsts = HashMap::new();
        let mut next = HashMap::new();
        for at in definitions {
            let inner = fields[*at].fields.iter().map(|inner| {
                let telling = told.get(inner).and_then(|telling| telling.first());
                telling.map(|telling| same[telling])
            });
            let look = (same[at], outside(&fields[*at], fields), inner.collect::<Vec<_>>());
            next.insert(*at, *firsts.entry(look).or_insert(*at));
        }
        same = next;
        if firsts.len() == count {
            return same;
        }
        count = firsts.len();
    }
}

/// What a type looks like without what is inside its fields.
fn outside<'a>(field: &'a Field, fields: &'a [Field]) -> Outside<'a> {
    let name = if let Type::Named(name) = &field.ty { name } else { &field.name };
    let inner = field.fields.iter().map(|at| &fields[*at]);
    let inner = inner.map(|field| (field.name.as_str(), &field.ty, field.is_list)).collect();
    let values = field.values.iter().map(|value| value.text.as_str()).collect();
    (name, inner, values)
}

/// The name of a type, its fields, its values.
type Outside<'a> = (&'a str, Vec<(&'a str, &'a Type, bool)>, Vec<&'a str>);

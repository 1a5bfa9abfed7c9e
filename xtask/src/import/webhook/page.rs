//! A page as a list of fields, in its order; each knows what stands inside it.

mod lines;
mod parts;

use std::collections::HashMap;

use super::super::names::singular;
use super::PageProblem;
use lines::{Line, Lines};
use parts::{is_name, parts, told, value};

/// How deep fields may stand inside each other.
const DEPTH: usize = 64;

/// A problem, and the number of its line, from 1.
pub(super) type At<T> = Result<T, (usize, PageProblem)>;

/// The schema of a webhook.
pub(super) struct Page {
    /// What stands after `Webhook:`.
    pub(super) title: String,
    /// The words about the webhook, a paragraph each.
    pub(super) words: Vec<String>,
    /// All fields, each before those inside it.
    pub(super) fields: Vec<Field>,
}

pub(super) struct Field {
    /// The number of its line.
    pub(super) line: usize,
    pub(super) name: String,
    pub(super) ty: Type,
    pub(super) is_list: bool,
    pub(super) words: Vec<String>,
    /// The field that it stands in.
    pub(super) parent: Option<usize>,
    pub(super) fields: Vec<usize>,
    pub(super) values: Vec<Value>,
    /// The line of the `ONE-OF` that it stands in.
    pub(super) one_of: Option<usize>,
}

/// A value of an enum.
pub(super) struct Value {
    line: usize,
    pub(super) text: String,
    pub(super) words: Vec<String>,
}

/// The type of a field, or of the items of a list.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Type {
    String,
    Boolean,
    Integer,
    Number,
    /// `object`, or an `array` of who knows what.
    Object,
    Named(String),
}

impl Field {
    /// Whether something stands inside it.
    pub(super) fn is_definition(&self) -> bool {
        !self.fields.is_empty() || !self.values.is_empty()
    }

    /// What its type is called on the page, or would be.
    pub(super) fn type_name(&self) -> String {
        match &self.ty {
            Type::Named(name) => name.clone(),
            _ => self.item_name(),
        }
    }

    /// Its name, or that of one of its items.
    pub(super) fn item_name(&self) -> String {
        let item = self.is_list.then(|| singular(&self.name)).flatten();
        item.unwrap_or_else(|| self.name.clone())
    }

    /// Whether fields or values may stand inside it.
    fn may_hold(&self, values: bool) -> bool {
        match self.ty {
            Type::Object | Type::Named(_) => true,
            Type::String => values,
            Type::Boolean | Type::Integer | Type::Number => false,
        }
    }
}

/// Reads a page, whose part before `Webhook:` and after the end of its code block is passed over.
pub(super) fn read(text: &str) -> At<Page> {
    let mut lines = Lines::new(text);
    let (title, words) = lines.head()?;
    let mut reader = Reader::default();
    for line in lines.by_ref() {
        reader.line(&line)?;
    }
    reader.end()?;
    lines.is_the_end()?;
    if reader.fields.is_empty() {
        return Err((lines.body, PageProblem::NoFields));
    }
    Ok(Page { title, words, fields: reader.fields })
}

/// What other lines may stand below.
struct Place<'a> {
    line: usize,
    indentation: &'a str,
    kind: Kind,
    /// The first line below it.
    first: Option<(usize, &'a str)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The whole list.
    Root,
    Field(usize),
    OneOf,
}

/// The enum whose values are being read.
struct OpenEnum<'a> {
    line: usize,
    field: usize,
    /// How its values are indented.
    indentation: Option<&'a str>,
}

#[derive(Default)]
struct Reader<'a> {
    fields: Vec<Field>,
    /// The lines that the current one may stand below, the innermost last.
    places: Vec<Place<'a>>,
    values: Option<OpenEnum<'a>>,
    /// Whether the last line takes more words.
    has_words: bool,
    /// The lines of the names and values in each place.
    taken: HashMap<(Option<usize>, String), usize>,
}

impl<'a> Reader<'a> {
    fn line(&mut self, line: &Line<'a>) -> At<()> {
        let text = line.text;
        if text.starts_with("- name:") {
            self.close_enum()?;
            self.field(line)
        } else if let Some(rest) = text.strip_prefix("- enum:") {
            self.close_enum()?;
            self.open_enum(line, rest)
        } else if text == "- ONE-OF:" {
            self.close_enum()?;
            self.one_of(line)
        } else if text.starts_with('-') && text.contains("| type:") {
            Err((line.number, PageProblem::Field))
        } else if self.takes_value(line) {
            self.value(line.number, value(text).unwrap_or_default())
        } else {
            self.more_words(line)
        }
    }

    fn end(&mut self) -> At<()> {
        self.close_enum()?;
        while let Some(place) = self.places.pop() {
            not_empty(&place)?;
        }
        Ok(())
    }

    fn field(&mut self, line: &Line<'a>) -> At<()> {
        let (name, ty, is_list, words) = parts(line)?;
        self.leave(line)?;
        let (parent, one_of) = self.around();
        let at = self.fields.len();
        if let Some(parent) = parent {
            self.holds(parent, false, line.number)?;
            self.fields[parent].fields.push(at);
        }
        self.once(parent, &name, line.number)?;
        let words = words.map(str::to_owned).into_iter().collect();
        let (fields, values) = (Vec::new(), Vec::new());
        let line_number = line.number;
        self.fields.push(Field {
            line: line_number,
            name,
            ty,
            is_list,
            words,
            parent,
            fields,
            values,
            one_of,
        });
        self.has_words = true;
        self.enter(line, Kind::Field(at))
    }

    fn one_of(&mut self, line: &Line<'a>) -> At<()> {
        self.leave(line)?;
        if let (Some(parent), _) = self.around() {
            self.holds(parent, false, line.number)?;
        }
        self.has_words = false;
        self.enter(line, Kind::OneOf)
    }

    fn open_enum(&mut self, line: &Line<'a>, rest: &str) -> At<()> {
        // The innermost field that the line is deeper than; it stands beside nothing.
        self.leave_deeper(line)?;
        let Some(Kind::Field(field)) = self.places.last().map(|place| place.kind) else {
            return Err((line.number, PageProblem::Stray));
        };
        self.holds(field, true, line.number)?;
        self.has_words = false;
        self.values = Some(OpenEnum { line: line.number, field, indentation: None });
        for value in rest.split(',').map(str::trim).filter(|value| !value.is_empty()) {
            self.value(line.number, (value, ""))?;
            self.has_words = false;
        }
        Ok(())
    }

    fn close_enum(&mut self) -> At<()> {
        match self.values.take() {
            Some(open) if self.fields[open.field].values.is_empty() => {
                Err((open.line, PageProblem::Empty { what: "- enum:" }))
            }
            _ => Ok(()),
        }
    }

    /// Whether the line is a value of the open enum: indented as the first one.
    fn takes_value(&mut self, line: &Line<'a>) -> bool {
        let Some(open) = &mut self.values else { return false };
        if value(line.text).is_none() {
            return false;
        }
        *open.indentation.get_or_insert(line.indentation) == line.indentation
    }

    fn value(&mut self, line: usize, (value, words): (&str, &str)) -> At<()> {
        let Some(open) = &self.values else { return Err((line, PageProblem::Stray)) };
        let field = open.field;
        if !is_name(value) {
            return Err((line, PageProblem::Name { name: value.to_owned() }));
        }
        self.once(Some(field), value, line)?;
        let words = told(words).map(str::to_owned).into_iter().collect();
        self.fields[field].values.push(Value { line, text: value.to_owned(), words });
        self.has_words = true;
        Ok(())
    }

    /// Another paragraph about the last field or value.
    fn more_words(&mut self, line: &Line<'a>) -> At<()> {
        let words = match (&self.values, self.fields.last_mut()) {
            (Some(open), _) => {
                let value = self.fields[open.field].values.last_mut();
                value.filter(|value| value.line > open.line).map(|value| &mut value.words)
            }
            (None, field) => field.map(|field| &mut field.words),
        };
        match words {
            Some(words) if self.has_words => words.push(line.text.to_owned()),
            _ => return Err((line.number, PageProblem::Stray)),
        }
        Ok(())
    }

    /// Leaves all places that the line is not deeper than.
    fn leave_deeper(&mut self, line: &Line<'a>) -> At<()> {
        while let Some(place) = self.places.last() {
            let (inner, outer) = (line.indentation, place.indentation);
            if place.kind == Kind::Root || (inner.len() > outer.len() && inner.starts_with(outer)) {
                break;
            }
            if !inner.starts_with(outer) && !outer.starts_with(inner) {
                let other = place.line;
                return Err((line.number, PageProblem::TabsAndBlanks { other }));
            }
            not_empty(place)?;
            self.places.pop();
        }
        Ok(())
    }

    /// Leaves those places, and holds the line to the others in the place that is left.
    fn leave(&mut self, line: &Line<'a>) -> At<()> {
        if self.places.is_empty() {
            let root = Place { line: 0, indentation: "", kind: Kind::Root, first: None };
            self.places.push(root);
        }
        self.leave_deeper(line)?;
        let Some(place) = self.places.last_mut() else { return Ok(()) };
        let (sibling, indentation) = *place.first.get_or_insert((line.number, line.indentation));
        if indentation != line.indentation {
            return Err((line.number, PageProblem::Indentation { sibling }));
        }
        Ok(())
    }

    fn enter(&mut self, line: &Line<'a>, kind: Kind) -> At<()> {
        if self.places.len() > DEPTH {
            return Err((line.number, PageProblem::TooDeep { limit: DEPTH }));
        }
        let (line, indentation) = (line.number, line.indentation);
        self.places.push(Place { line, indentation, kind, first: None });
        Ok(())
    }

    /// The field that the next one stands in, and the `ONE-OF`.
    fn around(&self) -> (Option<usize>, Option<usize>) {
        let parent = self.places.iter().rev().find_map(|place| match place.kind {
            Kind::Field(field) => Some(field),
            _ => None,
        });
        let innermost = self.places.last().filter(|place| place.kind == Kind::OneOf);
        (parent, innermost.map(|place| place.line))
    }

    /// Holds a field to what may stand inside it.
    fn holds(&self, field: usize, values: bool, line: usize) -> At<()> {
        let field = &self.fields[field];
        let name = field.name.clone();
        if !field.may_hold(values) {
            let ty = format!("{:?}", field.ty).to_ascii_lowercase();
            return Err((line, PageProblem::Inside { name, ty }));
        }
        let other = if values { !field.fields.is_empty() } else { !field.values.is_empty() };
        if other { Err((line, PageProblem::FieldsAndValues { name })) } else { Ok(()) }
    }

    fn once(&mut self, parent: Option<usize>, name: &str, line: usize) -> At<()> {
        let name = name.to_owned();
        match self.taken.insert((parent, name.clone()), line) {
            Some(first) => Err((line, PageProblem::Twice { name, first })),
            None => Ok(()),
        }
    }
}

fn not_empty(place: &Place<'_>) -> At<()> {
    if place.kind == Kind::OneOf && place.first.is_none() {
        return Err((place.line, PageProblem::Empty { what: "- ONE-OF:" }));
    }
    Ok(())
}

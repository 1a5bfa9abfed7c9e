//! One attribute's list, split at its commas before anything is judged, so that one mistake does
//! not hide the next.

use proc_macro2::{Delimiter, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::Parse;
use syn::punctuated::Punctuated;
use syn::{Attribute, Ident, Lit, LitStr, Meta, Token};
use trigger_dialect::Rule;

use crate::errors::Errors;

/// `name`, `name = value` or `name(list)`.
struct Entry {
    name: Ident,
    /// The name without `r#`, compared often.
    plain: String,
    value: Value,
}

enum Value {
    Flag,
    /// After `=`.
    Tokens(TokenStream),
    /// In parentheses.
    List(TokenStream),
}

/// The entries of all `#[trigger(…)]` attributes of one item. What nobody takes is unknown.
pub(crate) struct Entries<'e> {
    errors: &'e Errors,
    list: Vec<Entry>,
    legal: Vec<&'static str>,
    /// Whether something stands there that could not be read.
    is_broken: bool,
}

impl<'e> Entries<'e> {
    pub(crate) fn parse(errors: &'e Errors, attributes: &[Attribute]) -> Self {
        let mut this = Self { errors, list: Vec::new(), legal: Vec::new(), is_broken: false };
        for attribute in attributes {
            if !attribute.path().is_ident("trigger") {
                continue;
            }
            match &attribute.meta {
                Meta::List(list) => this.split(list.tokens.clone()),
                other => {
                    this.is_broken = true;
                    let words = "`trigger` takes a list in parentheses: `#[trigger(name = value)]`";
                    errors.push(other, Rule::ATTRIBUTE_ONCE, words);
                }
            }
        }
        this
    }

    /// The entries of a list inside of an attribute.
    fn nested(errors: &'e Errors, tokens: TokenStream) -> Self {
        let mut this = Self { errors, list: Vec::new(), legal: Vec::new(), is_broken: false };
        this.split(tokens);
        this
    }

    fn split(&mut self, tokens: TokenStream) {
        let mut piece = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Punct(comma) if comma.as_char() == ',' && piece.is_empty() => {
                    let words = "one comma is enough; remove this one";
                    self.errors.push(comma, Rule::ATTRIBUTE_ONCE, words);
                }
                TokenTree::Punct(comma) if comma.as_char() == ',' => {
                    self.add(std::mem::take(&mut piece));
                }
                token => piece.push(token),
            }
        }
        if !piece.is_empty() {
            self.add(piece);
        }
    }

    fn add(&mut self, piece: Vec<TokenTree>) {
        let Some(entry) = self.errors.ok(Entry::read(piece)) else {
            self.is_broken = true;
            return;
        };
        if self.list.iter().any(|earlier| earlier.plain == entry.plain) {
            let mend = match entry.value {
                Value::List(_) => format!("write one list: `{}(…, …)`", entry.name),
                Value::Flag | Value::Tokens(_) => "keep one of them".to_owned(),
            };
            let words = format!("`{}` is given twice; {mend}", entry.name);
            self.errors.push(&entry.name, Rule::ATTRIBUTE_ONCE, words);
        } else {
            self.list.push(entry);
        }
    }

    pub(crate) fn errors(&self) -> &'e Errors {
        self.errors
    }

    fn take(&mut self, name: &'static str) -> Option<Entry> {
        self.legal.push(name);
        let at = self.list.iter().position(|entry| entry.plain == name)?;
        Some(self.list.remove(at))
    }

    pub(crate) fn has(&self, name: &str) -> bool {
        self.list.iter().any(|entry| entry.plain == name)
    }

    /// Whether one of `names` stands there, right or wrong, or may do so in what could not be read.
    pub(crate) fn is_attempted(&self, names: &[&'static str]) -> bool {
        let is_one = |entry: &Entry| nearest(&entry.plain, names.iter().copied()).is_some();
        self.is_broken || self.list.iter().any(is_one)
    }

    /// The value of `name = …`, which must be a `T`.
    pub(crate) fn take_value<T: Parse>(&mut self, name: &'static str, shape: &str) -> Option<T> {
        let tokens = self.take_tokens(name, shape)?;
        self.parsed(syn::parse2(tokens), name, shape)
    }

    /// What was read, or a note of what the attribute takes: `syn` only tells what it met.
    fn parsed<T>(&self, result: syn::Result<T>, name: &str, shape: &str) -> Option<T> {
        let error = match result {
            Ok(value) => return Some(value),
            Err(error) => error,
        };
        if error.to_string().starts_with('[') {
            self.errors.push_error(error);
        } else {
            let words = format!("`{name}` takes {shape}; {error}");
            self.errors.push_at(error.span(), Rule::ATTRIBUTE_ONCE, words);
        }
        None
    }

    /// What stands behind `name =`.
    fn take_tokens(&mut self, name: &'static str, shape: &str) -> Option<TokenStream> {
        let entry = self.take(name)?;
        match entry.value {
            Value::Tokens(tokens) if !tokens.is_empty() => Some(tokens),
            _ => {
                self.refuse(entry, name, shape);
                None
            }
        }
    }

    fn refuse(&self, tokens: impl ToTokens, name: &str, shape: &str) {
        self.errors.push(tokens, Rule::ATTRIBUTE_ONCE, format_args!("`{name}` takes {shape}"));
    }

    /// The text of `name = "…"`, which must not be empty.
    pub(crate) fn take_text(&mut self, name: &'static str) -> Option<LitStr> {
        const SHAPE: &str = "a string in quotes";
        let tokens = self.take_tokens(name, SHAPE)?;
        let Some(text) = as_text(tokens.clone()) else {
            self.refuse_text(tokens, name, SHAPE);
            return None;
        };
        // An empty key has a rule of its own.
        if text.value().trim().is_empty() && name != "key" {
            let words = format!("`{name}` is empty; write it or leave the attribute out");
            self.errors.push(text, Rule::TEXT_PRESENT, words);
            return None;
        }
        Some(text)
    }

    /// `title = 5`, or `title = "Number" example = "INV-0042"`
    fn refuse_text(&self, tokens: TokenStream, name: &str, shape: &str) {
        let mut rest = tokens.clone().into_iter();
        match (rest.next(), rest.next()) {
            (Some(TokenTree::Literal(_)), Some(next)) => {
                self.errors.push_error(unexpected(Some(&next), "`,`"));
            }
            _ => self.refuse(tokens, name, shape),
        }
    }

    /// The field of `name = field`.
    pub(crate) fn take_field(&mut self, name: &'static str) -> Option<Ident> {
        let shape = format!("the name of one field of this struct: `{name} = field`");
        let tokens = self.take_tokens(name, &shape)?;
        let field = syn::parse::Parser::parse2(Ident::parse_any, tokens.clone());
        if field.is_err() {
            self.refuse(tokens, name, &shape);
        }
        field.ok()
    }

    /// The bare word `name`, if it stands there.
    pub(crate) fn take_flag(&mut self, name: &'static str) -> Option<Ident> {
        let entry = self.take(name)?;
        if !matches!(entry.value, Value::Flag) {
            let words = format!("`{name}` takes no value: write `#[trigger({name})]`");
            self.errors.push(&entry, Rule::ATTRIBUTE_ONCE, words);
        }
        Some(entry.name)
    }

    /// What stands between the parentheses of `name(…)`, which must be `T`s.
    pub(crate) fn take_list<T: Parse>(&mut self, name: &'static str, shape: &str) -> Vec<T> {
        let Some(entry) = self.take(name) else { return Vec::new() };
        let Value::List(list) = entry.value else {
            self.refuse(entry, name, shape);
            return Vec::new();
        };
        if list.is_empty() {
            self.refuse(&entry.name, name, shape);
        }
        let parser = Punctuated::<T, Token![,]>::parse_terminated;
        let items = syn::parse::Parser::parse2(parser, list);
        self.parsed(items, name, shape).into_iter().flatten().collect()
    }

    /// The entries between the parentheses of `name(…)`.
    pub(crate) fn take_entries(
        &mut self,
        name: &'static str,
        shape: &str,
    ) -> Option<(Ident, Self)> {
        let entry = self.take(name)?;
        match entry.value {
            Value::List(list) if !list.is_empty() => {
                Some((entry.name, Self::nested(self.errors, list)))
            }
            _ => {
                self.refuse(entry, name, shape);
                None
            }
        }
    }

    /// Refuses what nobody took.
    pub(crate) fn finish(self, place: Place) {
        for entry in &self.list {
            let name = entry.plain.as_str();
            let mend = match nearest(name, self.legal.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => place.mend(name, &self.legal),
            };
            let words = format!("unknown attribute `{name}`; {mend}");
            self.errors.push(&entry.name, Rule::ATTRIBUTE_KNOWN, words);
        }
    }
}

/// What an attribute stands on.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Place {
    Trigger,
    Property,
    Field,
    /// A variant of an enum.
    Variant,
    /// The list of another attribute.
    List,
    /// What takes no attributes.
    Elsewhere,
}

const ON_TRIGGERS: [&str; 12] = [
    "key",
    "name",
    "description",
    "scheduled_at",
    "contact",
    "member",
    "visitor",
    "user",
    "entity_id",
    "cancels",
    "allow",
    "payload",
];
const ON_FIELDS: [&str; 10] = [
    "title",
    "format",
    "example",
    "examples",
    "default",
    "hidden",
    "namespace",
    "custom_type",
    "values",
    "items",
];

impl Place {
    fn mend(self, name: &str, legal: &[&str]) -> String {
        match self {
            Self::Elsewhere => "`trigger` has no attributes here".to_owned(),
            Self::Trigger | Self::Property if ON_FIELDS.contains(&name) => {
                "it stands on a field".to_owned()
            }
            Self::Property if ON_TRIGGERS.contains(&name) => {
                "it belongs to a trigger, which stands inside no payload: a type derives \
                 `Property` or `Trigger`"
                    .to_owned()
            }
            Self::Field if ON_TRIGGERS.contains(&name) => {
                "it stands on the struct, and may name this field there".to_owned()
            }
            _ => {
                let legal: Vec<_> = legal.iter().map(|name| format!("`{name}`")).collect();
                format!("the attributes here are {}", legal.join(", "))
            }
        }
    }
}

/// The candidate that `name` was probably meant to be.
pub(crate) fn nearest<'n>(
    name: &str,
    candidates: impl IntoIterator<Item = &'n str>,
) -> Option<&'n str> {
    candidates
        .into_iter()
        .map(|candidate| (strsim::jaro_winkler(name, candidate), candidate))
        // Two letters swapped in a word of three are less alike than that.
        .filter(|(alike, candidate)| *alike > 0.8 || strsim::osa_distance(name, candidate) == 1)
        .max_by(|left, right| left.0.total_cmp(&right.0))
        .map(|(_, candidate)| candidate)
}

impl Entry {
    /// Reads the tokens between two commas, one after the other: `syn` would copy them first.
    fn read(piece: Vec<TokenTree>) -> syn::Result<Self> {
        let mut tokens = piece.into_iter();
        let name = match tokens.next() {
            Some(TokenTree::Ident(name)) => name,
            other => return Err(unexpected(other.as_ref(), "the name of an attribute")),
        };
        let value = match tokens.next() {
            None => Value::Flag,
            Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => {
                Value::Tokens(tokens.collect())
            }
            Some(TokenTree::Group(group))
                if group.delimiter() == Delimiter::Parenthesis && tokens.len() == 0 =>
            {
                Value::List(group.stream())
            }
            other => return Err(unexpected(other.as_ref(), "`=`, `(` or `,`")),
        };
        let plain = name.unraw().to_string();
        Ok(Self { name, plain, value })
    }
}

/// The string literal that the tokens are.
fn as_text(tokens: TokenStream) -> Option<LitStr> {
    let mut rest = tokens.clone().into_iter();
    match (rest.next(), rest.next()) {
        // `syn` would copy the tokens first.
        (Some(TokenTree::Literal(literal)), None) => match Lit::new(literal) {
            Lit::Str(text) => Some(text),
            _ => None,
        },
        // A macro's `$key:literal`, perhaps.
        _ => syn::parse2(tokens).ok(),
    }
}

fn unexpected(token: Option<&TokenTree>, expected: &str) -> syn::Error {
    let words = format!("[{}] expected {expected} here", Rule::ATTRIBUTE_ONCE.id);
    syn::Error::new(token.map_or_else(Span::call_site, TokenTree::span), words)
}

impl ToTokens for Entry {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.name.to_tokens(tokens);
        match &self.value {
            Value::Flag => {}
            Value::Tokens(value) | Value::List(value) => value.to_tokens(tokens),
        }
    }
}

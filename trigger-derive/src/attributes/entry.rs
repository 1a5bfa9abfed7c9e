//! One attribute's list, split at its commas before anything is judged, so that one mistake does
//! not hide the next.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Attribute, Ident, LitStr, Meta};
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
}

impl<'e> Entries<'e> {
    pub(crate) fn parse(errors: &'e Errors, attributes: &[Attribute]) -> Self {
        let mut this = Self { errors, list: Vec::new(), legal: Vec::new() };
        for attribute in attributes {
            if !attribute.path().is_ident("trigger") {
                continue;
            }
            match &attribute.meta {
                Meta::List(list) => this.split(list.tokens.clone()),
                other => errors.push(
                    other,
                    Rule::ATTRIBUTE_ONCE,
                    "`trigger` takes a list in parentheses: `#[trigger(key = \"…\")]`",
                ),
            }
        }
        this
    }

    fn split(&mut self, tokens: TokenStream) {
        let mut piece = Vec::new();
        for token in tokens {
            match token {
                TokenTree::Punct(comma) if comma.as_char() == ',' => {
                    self.add(piece.drain(..).collect());
                }
                token => piece.push(token),
            }
        }
        if !piece.is_empty() {
            self.add(piece.into_iter().collect());
        }
    }

    fn add(&mut self, piece: TokenStream) {
        let Some(entry) = self.errors.ok(syn::parse2::<Entry>(piece)) else { return };
        if self.list.iter().any(|earlier| earlier.plain == entry.plain) {
            let words = format!("`{}` is given twice; keep one of them", entry.name);
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

    /// Whether what nobody took is probably one of `names`, misspelt.
    pub(crate) fn is_misspelt(&self, names: &[&'static str]) -> bool {
        self.list.iter().any(|entry| nearest(&entry.plain, names.iter().copied()).is_some())
    }

    /// The value of `name = …`, which must be a `T`.
    pub(crate) fn take_value<T: Parse>(&mut self, name: &'static str, shape: &str) -> Option<T> {
        let entry = self.take(name)?;
        match entry.value {
            Value::Tokens(tokens) if !tokens.is_empty() => self.errors.ok(syn::parse2(tokens)),
            _ => {
                let words = format!("`{name}` takes {shape}");
                self.errors.push(entry, Rule::ATTRIBUTE_ONCE, words);
                None
            }
        }
    }

    /// The text of `name = "…"`, which must not be empty.
    pub(crate) fn take_text(&mut self, name: &'static str) -> Option<LitStr> {
        let shape = format!("a string: `{name} = \"…\"`");
        let tokens: TokenStream = self.take_value(name, &shape)?;
        let Ok(text) = syn::parse2::<LitStr>(tokens.clone()) else {
            let words = format!("`{name}` takes {shape}");
            self.errors.push(tokens, Rule::ATTRIBUTE_ONCE, words);
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

    /// The field of `name = field`.
    pub(crate) fn take_field(&mut self, name: &'static str) -> Option<Ident> {
        let shape = format!("the name of a field: `{name} = field`");
        let tokens: TokenStream = self.take_value(name, &shape)?;
        let field = syn::parse::Parser::parse2(Ident::parse_any, tokens.clone());
        if field.is_err() {
            let words = format!("`{name}` takes {shape}, without quotes");
            self.errors.push(tokens, Rule::ATTRIBUTE_ONCE, words);
        }
        field.ok()
    }

    /// Whether the bare word `name` stands there.
    pub(crate) fn take_flag(&mut self, name: &'static str) -> bool {
        let Some(entry) = self.take(name) else { return false };
        if !matches!(entry.value, Value::Flag) {
            let words = format!("`{name}` takes no value: write `#[trigger({name})]`");
            self.errors.push(entry, Rule::ATTRIBUTE_ONCE, words);
        }
        true
    }

    /// What stands between the parentheses of `name(…)`.
    pub(crate) fn take_list(&mut self, name: &'static str) -> Option<TokenStream> {
        let entry = self.take(name)?;
        match entry.value {
            Value::List(list) if !list.is_empty() => Some(list),
            _ => {
                let words = format!("`{name}` takes a list: `{name}(One, Other)`");
                self.errors.push(entry, Rule::ATTRIBUTE_ONCE, words);
                None
            }
        }
    }

    /// Refuses what nobody took.
    pub(crate) fn finish(self) {
        for entry in &self.list {
            let name = &entry.plain;
            let words = match nearest(name, self.legal.iter().copied()) {
                Some(near) => format!("unknown attribute `{name}`; did you mean `{near}`?"),
                None if self.legal.is_empty() => {
                    format!("unknown attribute `{name}`; `trigger` has no attributes here")
                }
                None => format!(
                    "unknown attribute `{name}`; the attributes here are {}",
                    self.legal
                        .iter()
                        .map(|name| format!("`{name}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            };
            self.errors.push(&entry.name, Rule::ATTRIBUTE_KNOWN, words);
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

impl Parse for Entry {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = input.call(Ident::parse_any)?;
        let rest: TokenStream = input.parse()?;
        let mut tokens = rest.clone().into_iter();
        let value = match tokens.next() {
            None => Value::Flag,
            Some(TokenTree::Punct(equals)) if equals.as_char() == '=' => {
                Value::Tokens(tokens.collect())
            }
            Some(TokenTree::Group(group))
                if group.delimiter() == Delimiter::Parenthesis && tokens.next().is_none() =>
            {
                Value::List(group.stream())
            }
            Some(other) => {
                let words = format!(
                    "[{}] expected `=`, `(` or `,` after `{name}`",
                    Rule::ATTRIBUTE_ONCE.id
                );
                return Err(syn::Error::new(other.span(), words));
            }
        };
        let plain = name.unraw().to_string();
        Ok(Self { name, plain, value })
    }
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

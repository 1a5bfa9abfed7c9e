//! Tokens from text.
//!
//! What needs no place in the user's source is written as text and read by the compiler's own
//! lexer, which is optimized; a derive that puts the same tokens together one by one is not.

use std::fmt::{self, Write as _};

use proc_macro2::{Delimiter, Group, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Error, Path};
use trigger_dialect::Format;

use crate::literal::{Literal, Value};

/// A list of expressions, separated by commas.
#[derive(Default)]
pub(super) struct List {
    text: String,
}

impl List {
    /// A string literal.
    pub(super) fn push_str(&mut self, text: &str) {
        self.push(format_args!("{text:?}"));
    }

    pub(super) fn push(&mut self, expression: impl fmt::Display) {
        // A `String` takes every text.
        let _ = write!(self.text, "{expression},");
    }

    pub(super) fn with(mut self, expression: impl fmt::Display) -> Self {
        self.push(expression);
        self
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.is_empty()
    }

    pub(super) fn into_tokens(self) -> TokenStream {
        tokens(&self.text)
    }
}

impl fmt::Display for List {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.text)
    }
}

/// The expressions with a comma behind each.
pub(super) fn separated(expressions: Vec<TokenStream>) -> impl Iterator<Item = TokenStream> {
    let comma = tokens(",");
    expressions.into_iter().flat_map(move |expression| [expression, comma.clone()])
}

/// What stands in braces.
pub(super) fn braced(content: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    TokenTree::from(Group::new(Delimiter::Brace, content.into_iter().collect())).into()
}

/// A tuple of types, whose errors point at `span`.
pub(super) fn tuple(content: impl IntoIterator<Item = TokenStream>, span: Span) -> TokenStream {
    let mut tuple = Group::new(Delimiter::Parenthesis, content.into_iter().collect());
    tuple.set_span(span);
    TokenTree::from(tuple).into()
}

/// What stands in brackets.
pub(super) fn bracketed(content: impl IntoIterator<Item = TokenStream>) -> TokenStream {
    TokenTree::from(Group::new(Delimiter::Bracket, content.into_iter().collect())).into()
}

/// The tokens as text.
pub(super) fn of(tokens: &impl ToTokens) -> String {
    tokens.to_token_stream().to_string()
}

pub(super) fn format_path(format: Format) -> String {
    format!("__trigger::Format::{format:?}")
}

/// The constant that the schema holds.
pub(super) fn literal(literal: &Literal) -> String {
    let value = match &literal.value {
        Value::Boolean(value) => format!("Boolean({value})"),
        Value::Integer(value) => format!("Integer({value})"),
        Value::Number(value) => format!("Number({value:?})"),
        Value::String(value) => format!("String({value:?})"),
        Value::Array(items) => {
            let items: Vec<_> = items.iter().map(self::literal).collect();
            format!("Array(&[{}])", items.join(","))
        }
        Value::Object(members) => {
            let member = |(name, value): &(syn::LitStr, Literal)| {
                format!("({:?},{})", name.value(), self::literal(value))
            };
            let members: Vec<_> = members.iter().map(member).collect();
            format!("Object(&[{}])", members.join(","))
        }
    };
    format!("__trigger::Literal::{value}")
}

/// The text as tokens.
pub(super) fn tokens(text: &str) -> TokenStream {
    let tokens = if proc_macro::is_available() {
        // `proc_macro2` would lex it twice, the first time by itself.
        text.parse::<proc_macro::TokenStream>().map(TokenStream::from).map_err(|_| ())
    } else {
        text.parse::<TokenStream>().map_err(|_| ())
    };
    tokens.unwrap_or_else(|()| {
        let words = format!("the derive wrote what is no Rust; please report it: {text}");
        Error::new(Span::call_site(), words).into_compile_error()
    })
}

/// The expression in an `Option`.
pub(super) fn option(expression: Option<String>) -> TokenStream {
    match expression {
        Some(expression) => tokens(&format!("::core::option::Option::Some({expression})")),
        None => tokens("::core::option::Option::None"),
    }
}

/// What stands for a written path of `trigger_core` in text, which loses where it was written:
/// errors point there, and `$crate` in a macro names its crate by that.
const PLACEHOLDER: &str = "__trigger_crate";

/// The path of `trigger_core` as text.
pub(super) fn of_crate(krate: &Path) -> String {
    if is_default(krate) { of(krate) } else { PLACEHOLDER.to_owned() }
}

/// `tokens` with the path itself where text had to leave it out.
pub(super) fn with_crate(krate: &Path, tokens: TokenStream) -> TokenStream {
    if is_default(krate) { tokens } else { replaced(krate, tokens) }
}

/// `::trigger_core`
fn is_default(krate: &Path) -> bool {
    krate.leading_colon.is_some() && krate.segments[0].ident == "trigger_core"
}

fn replaced(krate: &Path, tokens: TokenStream) -> TokenStream {
    let replace = |token| match token {
        TokenTree::Ident(name) if name == PLACEHOLDER => krate.to_token_stream(),
        TokenTree::Group(group) => {
            let mut inner = Group::new(group.delimiter(), replaced(krate, group.stream()));
            inner.set_span(group.span());
            TokenTree::from(inner).into()
        }
        token => token.into(),
    };
    tokens.into_iter().flat_map(replace).collect()
}

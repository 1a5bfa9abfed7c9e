use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::{Ident, Lit, LitStr, Token, braced, bracketed, token};
use trigger_dialect::{INTEGER_MAX, Rule};

/// Levels of arrays and objects: more than a payload has, and fewer than the stack holds.
const MAX_DEPTH: usize = 16;

/// A JSON value as it is written in an attribute, an example or a default.
#[derive(Clone)]
pub(crate) struct Literal {
    pub(crate) value: Value,
    tokens: TokenStream,
}

#[derive(Clone)]
pub(crate) enum Value {
    Boolean(bool),
    Integer(i64),
    Number(f64),
    String(String),
    Array(Vec<Literal>),
    Object(Vec<(LitStr, Literal)>),
}

impl Literal {
    pub(crate) fn span(&self) -> Span {
        syn::spanned::Spanned::span(&self.tokens)
    }

    /// Whether both are one scalar in JSON, where 12 is 12.0.
    #[allow(clippy::float_cmp, reason = "a value is chosen by its digits")]
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        match (&self.value, &other.value) {
            (Value::String(one), Value::String(other)) => one == other,
            (Value::Boolean(one), Value::Boolean(other)) => one == other,
            _ => self.number().is_some() && self.number() == other.number(),
        }
    }

    #[allow(clippy::cast_precision_loss, reason = "larger ones are refused")]
    fn number(&self) -> Option<f64> {
        match self.value {
            Value::Integer(value) => Some(value as f64),
            Value::Number(value) => Some(value),
            _ => None,
        }
    }
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        Self::parse_at(0, input)
    }
}

impl Literal {
    fn parse_at(depth: usize, input: ParseStream<'_>) -> syn::Result<Self> {
        if depth == MAX_DEPTH {
            let words = "a payload has two levels, and this value many; write one of them";
            return Err(refused(input.span(), words));
        }
        let before = input.fork();
        let value = parse_value(depth, input)?;
        let mut tokens = TokenStream::new();
        while before.cursor() < input.cursor() {
            tokens.extend([before.parse::<proc_macro2::TokenTree>()?]);
        }
        Ok(Self { value, tokens })
    }
}

fn parse_value(depth: usize, input: ParseStream<'_>) -> syn::Result<Value> {
    if input.peek(token::Bracket) {
        return parse_array(depth, input);
    }
    if input.peek(token::Brace) {
        return parse_object(depth, input);
    }
    if input.peek(Ident::peek_any) && !input.peek(syn::LitBool) {
        let word = input.call(Ident::parse_any)?;
        let words = if word == "null" {
            "Wix's types have no `null`; leave this out".to_owned()
        } else {
            format!("`{word}` is no JSON value; {VALUES}")
        };
        return Err(refused(word.span(), words));
    }
    let minus: Option<Token![-]> = input.parse()?;
    let literal: Lit = input.parse()?;
    parse_scalar(&literal, minus.is_some())
}

fn parse_array(depth: usize, input: ParseStream<'_>) -> syn::Result<Value> {
    let content;
    bracketed!(content in input);
    let mut items = Vec::new();
    while !content.is_empty() {
        items.push(Literal::parse_at(depth + 1, &content)?);
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(Value::Array(items))
}

fn parse_object(depth: usize, input: ParseStream<'_>) -> syn::Result<Value> {
    let content;
    braced!(content in input);
    let mut members: Vec<(LitStr, Literal)> = Vec::new();
    while !content.is_empty() {
        let name = parse_member_name(&content)?;
        content.parse::<Token![:]>()?;
        let value = Literal::parse_at(depth + 1, &content)?;
        if members.iter().any(|(earlier, _)| earlier.value() == name.value()) {
            let words = format!("the member `{}` stands twice; remove one", name.value());
            return Err(refused(name.span(), words));
        }
        members.push((name, value));
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(Value::Object(members))
}

fn parse_member_name(input: ParseStream<'_>) -> syn::Result<LitStr> {
    if input.peek(Ident::peek_any) {
        let name = input.call(Ident::parse_any)?;
        let words = format!("a member's name is in quotes: `\"{name}\": …`");
        return Err(refused(name.span(), words));
    }
    input.parse()
}

fn parse_scalar(literal: &Lit, negative: bool) -> syn::Result<Value> {
    match literal {
        Lit::Str(text) if !negative => Ok(Value::String(text.value())),
        Lit::Bool(value) if !negative => Ok(Value::Boolean(value.value)),
        Lit::Int(number) if number.suffix().is_empty() => {
            let value = number.base10_parse::<i64>().ok().filter(|&value| in_range(value));
            let value = value.ok_or_else(|| {
                let words = format!(
                    "[{}] an integer of a payload is at most 2^53 either way, beyond which digits \
                     are lost; make the field a `String`, with the digits in quotes",
                    Rule::INTEGER_RANGE.id
                );
                syn::Error::new(number.span(), words)
            })?;
            Ok(Value::Integer(if negative { -value } else { value }))
        }
        Lit::Float(number) if number.suffix().is_empty() => {
            let value = number.base10_parse::<f64>()?;
            if value.is_infinite() {
                let words = "this number is too large for JSON readers; write a smaller one";
                return Err(refused(number.span(), words));
            }
            Ok(Value::Number(if negative { -value } else { value }))
        }
        Lit::Int(_) | Lit::Float(_) => {
            let words = "a JSON number has no suffix; remove it";
            Err(refused(syn::spanned::Spanned::span(literal), words))
        }
        other => {
            let words = format!("this Rust literal is no JSON value; {VALUES}");
            Err(refused(syn::spanned::Spanned::span(other), words))
        }
    }
}

fn in_range(value: i64) -> bool {
    value.unsigned_abs() <= INTEGER_MAX
}

const VALUES: &str = "write a string, a number, `true`, `false`, `[…]` or `{\"member\": …}`";

fn refused(span: Span, words: impl std::fmt::Display) -> syn::Error {
    syn::Error::new(span, format!("[{}] {words}", Rule::EXAMPLE_TYPE.id))
}

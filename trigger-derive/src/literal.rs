use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Ident, Lit, LitStr, Token, braced, bracketed, token};
use trigger_dialect::{INTEGER_MAX, Rule};

/// A JSON value as it is written in an attribute, an example or a default.
pub(crate) struct Literal {
    pub(crate) value: Value,
    tokens: TokenStream,
}

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
}

impl ToTokens for Literal {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        self.tokens.to_tokens(tokens);
    }
}

impl Parse for Literal {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let before = input.fork();
        let value = parse_value(input)?;
        let mut tokens = TokenStream::new();
        while before.cursor() < input.cursor() {
            tokens.extend([before.parse::<proc_macro2::TokenTree>()?]);
        }
        Ok(Self { value, tokens })
    }
}

fn parse_value(input: ParseStream<'_>) -> syn::Result<Value> {
    if input.peek(token::Bracket) {
        let items;
        bracketed!(items in input);
        let items = Punctuated::<Literal, Token![,]>::parse_terminated(&items)?;
        return Ok(Value::Array(items.into_iter().collect()));
    }
    if input.peek(token::Brace) {
        return parse_object(input);
    }
    if input.peek(Ident::peek_any) && !input.peek(syn::LitBool) {
        let word = input.call(Ident::parse_any)?;
        return Err(refused(word.span(), format_args!("`{word}` is no JSON value")));
    }
    let minus: Option<Token![-]> = input.parse()?;
    let literal: Lit = input.parse()?;
    parse_scalar(&literal, minus.is_some())
}

fn parse_object(input: ParseStream<'_>) -> syn::Result<Value> {
    let content;
    braced!(content in input);
    let mut members: Vec<(LitStr, Literal)> = Vec::new();
    while !content.is_empty() {
        let name: LitStr = content.parse()?;
        content.parse::<Token![:]>()?;
        let value = content.parse()?;
        if members.iter().any(|(earlier, _)| earlier.value() == name.value()) {
            return Err(refused(name.span(), format_args!("`{}` stands twice", name.value())));
        }
        members.push((name, value));
        if !content.is_empty() {
            content.parse::<Token![,]>()?;
        }
    }
    Ok(Value::Object(members))
}

fn parse_scalar(literal: &Lit, negative: bool) -> syn::Result<Value> {
    match literal {
        Lit::Str(text) if !negative => Ok(Value::String(text.value())),
        Lit::Bool(value) if !negative => Ok(Value::Boolean(value.value)),
        Lit::Int(number) if number.suffix().is_empty() => {
            let value = number.base10_parse::<i64>().ok().filter(|&value| in_range(value));
            let value = value.ok_or_else(|| {
                let words = format!(
                    "[{}] an integer of a payload is at most 2^53 either way: beyond that, digits \
                     are lost",
                    Rule::INTEGER_RANGE.id
                );
                syn::Error::new(number.span(), words)
            })?;
            Ok(Value::Integer(if negative { -value } else { value }))
        }
        Lit::Float(number) if number.suffix().is_empty() => {
            let value = number.base10_parse::<f64>()?;
            if value.is_infinite() {
                return Err(refused(number.span(), "this number is too large for JSON readers"));
            }
            Ok(Value::Number(if negative { -value } else { value }))
        }
        other => {
            Err(refused(syn::spanned::Spanned::span(other), "this Rust literal is no JSON value"))
        }
    }
}

fn in_range(value: i64) -> bool {
    value.unsigned_abs() <= INTEGER_MAX
}

fn refused(span: Span, what: impl std::fmt::Display) -> syn::Error {
    let words = format!(
        "[{}] {what}; write a string, a number, `true`, `false`, `[…]` or `{{\"member\": …}}`",
        Rule::EXAMPLE_TYPE.id
    );
    syn::Error::new(span, words)
}

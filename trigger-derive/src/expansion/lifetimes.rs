//! A struct's lifetimes have no name outside of its `impl`.

use proc_macro2::{Group, Ident, TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::Generics;

/// `<'_, '_>`
pub(super) fn elided(generics: &Generics) -> TokenStream {
    let lifetimes = generics.lifetimes().map(|_| quote!('_));
    match generics.lifetimes().next() {
        Some(_) => quote!(<#(#lifetimes),*>),
        None => TokenStream::new(),
    }
}

/// `tokens` with the struct's own lifetimes made `'static`.
pub(super) fn to_static(generics: &Generics, tokens: impl ToTokens) -> TokenStream {
    let tokens = tokens.to_token_stream();
    match generics.lifetimes().next() {
        Some(_) => replaced(generics, tokens),
        None => tokens,
    }
}

fn replaced(generics: &Generics, tokens: TokenStream) -> TokenStream {
    let mut after_quote = false;
    let replace = |token| match token {
        TokenTree::Ident(name) if after_quote && is_own(generics, &name) => {
            after_quote = false;
            Ident::new("static", name.span()).into()
        }
        TokenTree::Group(group) => {
            after_quote = false;
            let mut inner = Group::new(group.delimiter(), replaced(generics, group.stream()));
            inner.set_span(group.span());
            inner.into()
        }
        token => {
            after_quote = matches!(&token, TokenTree::Punct(quote) if quote.as_char() == '\'');
            token
        }
    };
    tokens.into_iter().map(replace).collect()
}

fn is_own(generics: &Generics, name: &Ident) -> bool {
    generics.lifetimes().any(|parameter| parameter.lifetime.ident == *name)
}

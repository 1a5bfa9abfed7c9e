//! A struct's lifetimes, and `Self`, have no name outside of its `impl`.

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Generics;

use crate::model::Container;

/// `<'_, '_>`
pub(super) fn elided(generics: &Generics) -> TokenStream {
    let lifetimes = generics.lifetimes().map(|_| quote!('_));
    match generics.lifetimes().next() {
        Some(_) => quote!(<#(#lifetimes),*>),
        None => TokenStream::new(),
    }
}

/// `tokens` for what stands outside of the `impl`: the struct's own lifetimes made `'static`, and
/// its name for `Self`.
pub(super) fn to_static(container: &Container<'_>, tokens: impl ToTokens) -> TokenStream {
    let mut after_quote = false;
    let replace = |token| {
        let is_lifetime = after_quote;
        after_quote = matches!(&token, TokenTree::Punct(quote) if quote.as_char() == '\'');
        match token {
            TokenTree::Ident(name) if is_lifetime && is_own(container.generics, &name) => {
                TokenTree::from(Ident::new("static", name.span())).into()
            }
            TokenTree::Ident(name) if name == "Self" => this(container, name.span()),
            TokenTree::Group(group) => {
                let inner = to_static(container, group.stream());
                let mut inner = Group::new(group.delimiter(), inner);
                inner.set_span(group.span());
                TokenTree::from(inner).into()
            }
            token => TokenStream::from(token),
        }
    };
    tokens.to_token_stream().into_iter().flat_map(replace).collect()
}

/// The struct with `'static` for its lifetimes.
fn this(container: &Container<'_>, span: Span) -> TokenStream {
    let lifetimes = container.generics.lifetimes().map(|_| quote_spanned!(span=> 'static));
    let mut ident = container.ident.clone();
    ident.set_span(span);
    quote_spanned!(span=> #ident<#(#lifetimes),*>)
}

fn is_own(generics: &Generics, name: &Ident) -> bool {
    generics.lifetimes().any(|parameter| parameter.lifetime.ident == *name)
}

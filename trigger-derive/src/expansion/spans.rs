//! Tokens at other places of the source.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens as if the derive had written them there: an error in constant evaluation points at a
/// call only if every token of it stands there.
pub(super) fn respan(tokens: impl ToTokens, span: Span) -> TokenStream {
    with_spans(tokens, |_| span)
}

/// The tokens there, where they name what they named before.
pub(super) fn moved(tokens: impl ToTokens, span: Span) -> TokenStream {
    with_spans(tokens, |original| span.resolved_at(original))
}

fn with_spans(tokens: impl ToTokens, span: impl Fn(Span) -> Span + Copy) -> TokenStream {
    let place = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            let inner = with_spans(group.stream(), span);
            token = Group::new(group.delimiter(), inner).into();
        }
        token.set_span(span(token.span()));
        token
    };
    tokens.to_token_stream().into_iter().map(place).collect()
}

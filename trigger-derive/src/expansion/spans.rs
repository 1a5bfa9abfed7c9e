//! Tokens at other places of the source.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::ToTokens;

/// The tokens there, where they name what they named before. An error in constant evaluation points
/// at a call only if every token of it stands there.
pub(super) fn respan(tokens: impl ToTokens, span: Span) -> TokenStream {
    let place = |mut token: TokenTree| {
        if let TokenTree::Group(group) = &token {
            token = Group::new(group.delimiter(), respan(group.stream(), span)).into();
        }
        token.set_span(span.resolved_at(token.span()));
        token
    };
    tokens.to_token_stream().into_iter().map(place).collect()
}

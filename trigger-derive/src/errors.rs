use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::{Span, TokenStream};
use quote::ToTokens;
use trigger_dialect::Rule;

/// Collects the mistakes of one struct, so that all of them come in one compile.
///
/// Dropping it with mistakes that nobody took panics in debug builds: they would be lost.
#[derive(Default)]
pub(crate) struct Errors {
    list: RefCell<Vec<syn::Error>>,
}

impl Errors {
    /// Records that `rule` is broken at `tokens`, in words that end with the mend.
    pub(crate) fn push(&self, tokens: impl ToTokens, rule: Rule, words: impl Display) {
        self.push_error(syn::Error::new_spanned(tokens, format!("[{}] {words}", rule.id)));
    }

    /// The same at a place that has no tokens.
    pub(crate) fn push_at(&self, span: Span, rule: Rule, words: impl Display) {
        self.push_error(syn::Error::new(span, format!("[{}] {words}", rule.id)));
    }

    /// Records an error that names no rule of ours: one of syntax, or serde's own.
    pub(crate) fn push_error(&self, error: syn::Error) {
        self.list.borrow_mut().push(error);
    }

    /// Records the error, if there is one.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push_error(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().is_empty()
    }

    pub(crate) fn into_compile_errors(self) -> TokenStream {
        self.take().iter().map(syn::Error::to_compile_error).collect()
    }

    pub(crate) fn take(&self) -> Vec<syn::Error> {
        self.list.take()
    }
}

#[cfg(debug_assertions)]
impl Drop for Errors {
    fn drop(&mut self) {
        let is_read = self.is_empty() || std::thread::panicking();
        assert!(is_read, "the errors of a derive were not read");
    }
}

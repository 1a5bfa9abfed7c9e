use std::cell::RefCell;
use std::fmt::Display;

use proc_macro2::TokenStream;
use quote::ToTokens;
use trigger_dialect::Rule;

/// Collects the mistakes of one struct, so that all of them come in one compile.
///
/// Dropping it without [`Errors::into_compile_errors`] panics in debug builds: a mistake would
/// be lost.
#[derive(Default)]
pub(crate) struct Errors {
    list: RefCell<Option<Vec<syn::Error>>>,
}

impl Errors {
    pub(crate) fn new() -> Self {
        Self { list: RefCell::new(Some(Vec::new())) }
    }

    /// Records that `rule` is broken at `tokens`, in words that end with the mend.
    pub(crate) fn push(&self, tokens: impl ToTokens, rule: Rule, words: impl Display) {
        self.push_error(syn::Error::new_spanned(tokens, format!("[{}] {words}", rule.id)));
    }

    /// Records an error that names no rule of ours: one of syntax, or serde's own.
    pub(crate) fn push_error(&self, error: syn::Error) {
        if let Some(list) = self.list.borrow_mut().as_mut() {
            list.push(error);
        }
    }

    /// Records the error, if there is one.
    pub(crate) fn ok<T>(&self, result: syn::Result<T>) -> Option<T> {
        result.map_err(|error| self.push_error(error)).ok()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.list.borrow().as_ref().is_none_or(Vec::is_empty)
    }

    pub(crate) fn into_compile_errors(self) -> TokenStream {
        let list = self.list.take().unwrap_or_default();
        list.iter().map(syn::Error::to_compile_error).collect()
    }
}

#[cfg(debug_assertions)]
impl Drop for Errors {
    fn drop(&mut self) {
        let unread = self.list.borrow().as_ref().is_some_and(|list| !list.is_empty());
        assert!(!unread || std::thread::panicking(), "the errors of a derive were not read");
    }
}

//! The derive macros of `trigger-core`, which re-exports and documents them.
//!
//! The way through is one way: attributes, model, rules, expansion. By the time an expansion
//! starts, nothing can fail.

mod attributes;
mod errors;
mod expansion;
mod literal;
mod model;
mod rules;
mod serde_attributes;
#[cfg(test)]
mod tests;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

use errors::Errors;

// Documented where `trigger-core` re-exports it.
#[allow(missing_docs)]
#[proc_macro_derive(Trigger, attributes(trigger, serde))]
pub fn derive_trigger(input: TokenStream) -> TokenStream {
    expand_trigger(&parse_macro_input!(input as DeriveInput)).into()
}

// Documented where `trigger-core` re-exports it.
#[allow(missing_docs)]
#[proc_macro_derive(Property, attributes(trigger, serde))]
pub fn derive_property(input: TokenStream) -> TokenStream {
    expand_property(&parse_macro_input!(input as DeriveInput)).into()
}

fn expand_trigger(input: &DeriveInput) -> proc_macro2::TokenStream {
    let errors = Errors::default();
    let mut output = match model::trigger(&errors, input) {
        Ok(trigger) => expansion::trigger(&trigger, errors.is_empty()),
        Err(unread) => expansion::trigger_stub(input, unread),
    };
    output.extend(errors.into_compile_errors());
    output
}

fn expand_property(input: &DeriveInput) -> proc_macro2::TokenStream {
    let errors = Errors::default();
    let (krate, property) = model::property(&errors, input);
    let mut output = match &property {
        Some(property) => expansion::property(property, errors.is_empty()),
        None => expansion::property_stub(input, krate),
    };
    output.extend(errors.into_compile_errors());
    output
}

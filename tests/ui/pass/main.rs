//! Code that must compile, with every lint an error that an app may have turned on. What a
//! library alone can show, missing documentation and a renamed dependency, is in `strict-app`.
//! What must not compile is in the folder `fail` beside this one.

#![forbid(unsafe_code)]
#![deny(
    missing_docs,
    warnings,
    future_incompatible,
    let_underscore,
    nonstandard_style,
    rust_2018_idioms,
    unused,
    clippy::pedantic,
    missing_debug_implementations,
    single_use_lifetimes,
    trivial_casts,
    trivial_numeric_casts,
    unit_bindings,
    unreachable_pub,
    unused_lifetimes,
    unused_results
)]

mod aliases;
mod deprecated;
mod examples;
mod lifetimes;
mod macros;
mod names_of_ours;
mod own_types;
mod places;
mod raw_identifiers;
mod renamed_crate;
mod selves;
mod shadowed;
mod visibilities;

// The example apps name their modules from their own root.
use examples::roots::{appointment, class, invoice, triggers};

use trigger_core::{Trigger, payload};

/// The payload as text.
fn written<T: Trigger>(event: &T) -> String {
    String::from_utf8(payload::to_vec(event).unwrap()).unwrap()
}

/// The names of the schema's properties.
fn names<T: Trigger>() -> Vec<&'static str> {
    T::SPEC.properties().map(|property| property.name()).collect()
}

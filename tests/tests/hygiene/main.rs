//! Code that must compile, with every lint an error that an app may have turned on. What a
//! library alone can show, missing documentation and a renamed dependency, is in `strict-app`.

#![forbid(unsafe_code)]
#![deny(
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

mod deprecated;
mod lifetimes;
mod macros;
mod places;
mod raw_identifiers;
mod shadowed;
mod visibilities;

use trigger_core::{Trigger, payload};

/// The payload as text.
fn written<T: Trigger>(event: &T) -> String {
    String::from_utf8(payload::to_vec(event).unwrap()).unwrap()
}

/// The names of the schema's properties.
fn names<T: Trigger>() -> Vec<&'static str> {
    T::SPEC.properties().map(|property| property.name()).collect()
}

//! The table of rules, and what must stay together with it.

mod compiled;
mod examples;
mod refused_types;
mod together;

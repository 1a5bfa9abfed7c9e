//! The table of rules, and what must stay together with it.

mod examples;
mod together;

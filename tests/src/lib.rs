//! What the tests of several targets lean on, and the page of rules; the tests stand in `tests/`.

pub mod compiled;
pub mod mistakes;

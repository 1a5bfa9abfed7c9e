//! What the tests of several targets lean on; they stand in `tests/`.

pub mod compiled;

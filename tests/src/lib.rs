//! What several tests, benchmarks and the page of rules lean on; the tests stand in `tests/`.

pub mod compiled;
pub mod markdown;
pub mod mistakes;
mod quartiles;

pub use quartiles::Quartiles;

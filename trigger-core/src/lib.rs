//! TODO

#[doc(hidden)]
pub mod __private;
pub mod payload;
mod property;
pub mod registry;
pub mod schema;
mod trigger;

pub use property::Property;
pub use trigger::{Cancelable, Scheduled, Trigger};
pub use trigger_derive::{Property, Trigger};

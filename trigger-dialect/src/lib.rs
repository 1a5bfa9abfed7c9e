//! The rules of Wix's payload schema dialect, in one place.
//!
//! The derive judges with these functions while it runs, `trigger-core` in constant evaluation
//! and when a payload is written, and the export when it checks its documents. They are
//! `const fn` and need no dependency, so that all of them can.
//!
//! Where a fact about Wix comes from stands beside it. Apps use this crate through
//! `trigger-core`, which re-exports what they need.

mod format;
mod name;
mod outline;
mod rule;
mod title;

pub use format::Format;
pub use name::{
    DESCRIPTION_MAX, KEY_MAX, NAME_MAX, NAME_MIN, is_description, is_property_name, is_trigger_key,
    is_trigger_name,
};
#[doc(hidden)]
pub use outline::{Outline, OutlineWriter, Part, Piece};
pub use rule::{Change, Kind, Language, Level, Mistake, Order, RULES, Rule, Weight};
pub use title::sentence_case;

/// The largest integer a payload can carry without losing digits: 2^53.
///
/// A payload travels as a protobuf `Struct`, whose numbers are doubles (inferred from Wix's
/// REST reference, which types `payload` so).
pub const INTEGER_MAX: u64 = 1 << 53;

/// The dialect as a meta-schema of JSON Schema draft-07, for programs and editors that know no
/// Rust: the file `payload-schema.json` of this crate.
///
/// Its keyword `x-rule` names the [`Rule`] that a keyword stands for: one id for all keywords
/// beside it, or one for each. It cannot say that `required` names what is described, that one
/// property is the date of the event and one the id of each identity, and that examples fit their
/// formats.
///
/// ```
/// assert!(trigger_dialect::META_SCHEMA.contains("\"x-rule\": \"T022\""));
/// ```
pub const META_SCHEMA: &str = include_str!("../payload-schema.json");

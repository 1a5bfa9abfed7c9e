//! `import`: from payloads or a payload schema that exist already to a struct.
//!
//! One way through: the inputs are read and told apart; the schema, or what the samples have in
//! common, becomes a model of the payload; that is planned as Rust items and printed. What cannot
//! be imported is refused before anything is printed, all of it at once.

mod command;
mod error;
mod input;
mod json;
mod model;
mod names;
mod plan;
mod print;
mod samples;
mod schema;
mod webhook;

use trigger_dialect::is_trigger_key;

use input::Document;
use json::Json;

pub use command::Import;
pub use error::{ImportError, Refusal};
pub use webhook::{ImportWebhook, PageProblem, webhook_to_rust};

/// A text to import, and what messages call it.
///
/// It holds one JSON object or several, one after the other.
#[derive(Clone, Copy, Debug)]
pub struct Input<'a> {
    /// The name of the file, perhaps.
    pub name: &'a str,
    /// What stands in it.
    pub bytes: &'a [u8],
}

/// The crate whose types hold dates.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Time {
    /// `jiff::Timestamp` and `jiff::civil::Date`
    #[default]
    Jiff,
    /// `chrono::DateTime<Utc>` and `chrono::NaiveDate`
    Chrono,
}

/// How to import.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The key of the trigger; without one, the name of the first input is taken if it is a key.
    pub key: Option<String>,
    /// The crate whose types hold dates.
    pub time: Time,
}

/// Rust source of a struct that derives `Trigger`, from a payload schema or from samples of
/// payloads.
///
/// The source is formatted as rustfmt does by itself. The schema that is exported from it is the
/// one that came in, apart from `$schema`, `$id`, `additionalProperties`, the order of `required`,
/// and how numbers are written.
///
/// ```
/// use trigger_xtask::import::{Input, Options, to_rust};
///
/// let sample = Input { name: "seat_taken.json", bytes: br#"{ "seat": 12, "className": "Pottery" }"# };
/// assert_eq!(to_rust(&[sample], &Options::default())?, r#"use serde::Serialize;
/// use trigger_core::Trigger;
///
/// #[derive(Serialize, Trigger)]
/// #[serde(rename_all = "camelCase")]
/// #[trigger(key = "seat_taken")]
/// pub struct SeatTaken {
///     #[trigger(example = 12)]
///     pub seat: i64,
///     #[trigger(example = "Pottery")]
///     pub class_name: String,
/// }
/// "#);
/// # Ok::<(), trigger_xtask::import::ImportError>(())
/// ```
///
/// # Errors
///
/// What keeps the inputs from being read, or all that is refused in them.
pub fn to_rust(inputs: &[Input<'_>], options: &Options) -> Result<String, ImportError> {
    let key = key(inputs, options)?;
    let documents = input::documents(inputs)?;
    refuse_names_that_stand_twice(&documents)?;
    let payload = match documents.as_slice() {
        [schema] if schema.is_schema() => schema::read(schema),
        documents if documents.iter().any(Document::is_schema) => {
            return Err(ImportError::SeveralSchemas);
        }
        samples => samples::read(samples),
    };
    let payload = payload.map_err(ImportError::Refused)?;
    Ok(print::file(&plan::file(&key, payload, options.time)))
}

/// The key that is asked for, or the first input's name without its ending.
fn key(inputs: &[Input<'_>], options: &Options) -> Result<String, ImportError> {
    if let Some(key) = &options.key {
        let is_key = is_trigger_key(key);
        return is_key.then(|| key.clone()).ok_or_else(|| ImportError::Key { key: key.clone() });
    }
    let name = inputs.first().map_or("", |input| input.name);
    let name = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = name.split_once('.').map_or(name, |(stem, _)| stem);
    is_trigger_key(stem).then(|| stem.to_owned()).ok_or(ImportError::NoKey)
}

fn refuse_names_that_stand_twice(documents: &[Document<'_>]) -> Result<(), ImportError> {
    let refusals: Vec<_> = documents.iter().flat_map(Document::names_that_stand_twice).collect();
    if refusals.is_empty() { Ok(()) } else { Err(ImportError::Refused(refusals)) }
}

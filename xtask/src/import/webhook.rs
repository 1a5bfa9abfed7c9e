//! `import-webhook`: from Wix's reference page of a webhook to the types of its body.
//!
//! The lines of the page become a list of fields; the one that holds the body is found; types that
//! are told twice become one, and types that only share a name get two; then they are printed.

mod body;
mod command;
mod markdown;
mod page;
mod plan;
mod print;
mod problem;
mod type_names;
mod types;

use super::{ImportError, Input, input};

pub use command::ImportWebhook;
pub use problem::PageProblem;

/// Rust source of the types of a webhook's body, from Wix's reference page of the webhook.
///
/// The source is formatted as rustfmt does by itself, and needs serde; `serde_json` as well if
/// something may be any JSON. Whatever Wix leaves out, adds or sends as null can be deserialized:
///
/// - A field is an `Option`, and a list is empty if it is missing.
/// - An enum has a variant `Unlisted` that keeps the value that the page does not have.
/// - Dates stay strings, so that one that cannot be read takes no other field with it.
/// - The fields of a `ONE-OF` are fields like others, of which Wix sends one.
///
/// ```
/// use trigger_xtask::import::{Input, webhook_to_rust};
///
/// let page = "
/// Webhook: Seat Taken
/// Description: Triggered when a seat is taken.
/// Event body:
///  - name: actionEvent | type: object | description: Event details.
///     - name: body | type: SeatTaken | description: The event body.
///        - name: seatId | type: string | description: Seat GUID.
/// ";
/// let source = webhook_to_rust(&Input { name: "seat_taken.md", bytes: page.as_bytes() })?;
/// assert!(source.ends_with(r#"
/// /// Triggered when a seat is taken.
/// #[derive(Clone, Debug, Default, PartialEq, Deserialize)]
/// #[serde(default, rename_all = "camelCase")]
/// pub struct SeatTaken {
///     /// Seat GUID.
///     pub seat_id: Option<String>,
/// }
/// "#));
/// # Ok::<(), trigger_xtask::import::ImportError>(())
/// ```
///
/// # Errors
///
/// What keeps the page from being read, with its line.
pub fn webhook_to_rust(page: &Input<'_>) -> Result<String, ImportError> {
    let text = input::text(page)?;
    let problem = |(line, problem)| ImportError::Page { page: page.name.to_owned(), line, problem };
    let read = page::read(text).map_err(problem)?;
    let file = plan::file(&read).map_err(problem)?;
    let name = page.name.rsplit(['/', '\\']).next().unwrap_or_default();
    Ok(print::file(&file, name))
}

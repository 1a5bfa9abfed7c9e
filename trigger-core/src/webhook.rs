//! What Wix sends to the app: each webhook is verified, unpacked, and given to what handles events
//! of its type.
//!
//! ```
//! use serde::Deserialize;
//! use trigger_core::webhook::{Delivery, DispatchError, Event, Handlers, KeyError, Webhooks};
//!
//! /// An event of the site was published.
//! #[derive(Default, Deserialize)]
//! #[serde(rename_all = "camelCase", default)]
//! struct EventPublished {
//!     event_id: Option<String>,
//!     title: Option<String>,
//! }
//!
//! impl Event for EventPublished {
//!     const TYPE: &'static str = "wix.events.events.v3.event_published";
//! }
//!
//! async fn published(event: EventPublished, delivery: Delivery) -> Result<(), std::io::Error> {
//!     println!("{:?}, of {:?}", event.title, delivery.instance_id);
//!     Ok(())
//! }
//!
//! /// Made once: the key is on the app's webhooks page.
//! fn receiver(public_key: &str) -> Result<(Webhooks, Handlers), KeyError> {
//!     Ok((Webhooks::new(public_key)?, Handlers::new().on::<EventPublished>(published)))
//! }
//!
//! /// The status to answer with, whatever serves the request.
//! async fn answer(webhooks: &Webhooks, handlers: &Handlers, body: &[u8]) -> u16 {
//!     let delivery = match webhooks.verify(body) {
//!         Ok(delivery) => delivery,
//!         Err(error) => return error.status(),
//!     };
//!     match handlers.dispatch(delivery).await {
//!         Ok(_) => 200,
//!         Err(_) => 500, // so that Wix sends it again
//!     }
//! }
//! ```
//!
//! With the feature `axum`, [`Delivery`] is an argument of handlers.
//!
//! # What is verified
//!
//! The body is one token, signed with RS256 by the app's key: no other algorithm, key or form of a
//! token is looked at, whatever its header says. `exp` and `nbf` are held to where they are there;
//! Wix may leave `exp` out. Wix's own SDK asks neither who issued the token nor for whom, and nor is
//! it asked here: the key belongs to one app. A body is read up to a limit, and nothing of it before
//! its signature, but for a header of a few lines.
//!
//! # What Wix may change
//!
//! A member that is missing, `null` or unknown is no error, and an event of an unknown type is
//! answered. What an [`Event`]'s own type makes of a value that Wix adds to an enum is up to it.
//!
//! # What comes twice, or late
//!
//! Wix sends what was not answered with 200 within 1250 ms again, up to 12 times in two days, and
//! keeps no order. [`Handlers::once`] leaves out what was handled, and tells a handler that a later
//! event of the entity was; [`Recent`] remembers it in memory, and a [`Store`] of the app's own
//! beyond that.

mod arrivals;
mod body;
mod delivery;
mod error;
#[cfg(feature = "axum")]
mod extract;
mod handlers;
mod json;
mod key;
mod token;
mod verify;

pub use arrivals::{Arrival, Mark, Recent, Store};
pub use body::{BodyError, Event};
pub use delivery::{Delivery, Identity, IdentityKind};
pub use error::{Malformed, VerifyError};
pub use handlers::{DispatchError, Dispatched, Handler, Handlers};
pub use key::KeyError;
pub use verify::Webhooks;

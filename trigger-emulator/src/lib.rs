//! Wix Automations on this machine, with a clock you can turn: for the tests of an app that reports
//! events with [`trigger_core`], and as a server for apps in any language.
//!
//! Wix offers no sandbox. This serves its Triggered Events API, keeps what it was told, runs
//! automations, and tells why one did or did not run.
//!
//! ```
//! use jiff::ToSpan;
//! use serde::Serialize;
//! use trigger_core::Trigger;
//! use trigger_emulator::Emulator;
//! use uuid::Uuid;
//!
//! #[derive(Serialize, Trigger)]
//! #[trigger(key = "invoice_due", scheduled_at = due_at, entity_id = invoice_id)]
//! struct InvoiceDue {
//!     invoice_id: Uuid,
//!     due_at: jiff::Timestamp,
//! }
//!
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let wix = Emulator::builder().at("2026-03-02T09:00:00Z".parse()?).start().await?;
//! wix.automation::<InvoiceDue>("Reminder").before(2.days());
//!
//! let invoice_id = Uuid::from_u128(42);
//! let due = InvoiceDue { invoice_id, due_at: "2026-03-30T22:00:00Z".parse()? };
//! due.report(&wix.instance()).await?;
//!
//! wix.clock().advance(27.days());
//! wix.expect_action("Reminder").for_entity(invoice_id);
//! # Ok(())
//! # }
//! ```
//!
//! What Wix sends to an app, the emulator sends too: [`Emulator::deliver`] signs a webhook, and
//! delivers it again by the clock until the app takes it.
//!
//! # Over HTTP
//!
//! The emulator serves on a port of this machine, [`Emulator::address`], for clients in any language:
//! `/oauth2/token` and the four calls under `/automations/v1/events/`, as Wix has them, and
//!
//! | call | what it does |
//! | --- | --- |
//! | `GET /_emulator/triggers`, `automations`, `events`, `activations` | what it knows; an activation with its whole history |
//! | `GET /_emulator/clock` | what the clock shows, whether it stands still, and when something is to be done next |
//! | `POST /_emulator/clock` | turns it: `{"freeze":true}`, `{"run":true}`, `{"set":"2026-03-30T22:00:00Z"}`, `{"advance":"P1D"}`, `{"next":true}` (to the next action), `{"runOut":true}` (until nothing is left) |
//! | `POST /_emulator/cancel-reach` | what a cancel would stop, and where the events differ in what they are about: `{"triggerKey":"invoice_due","externalEntityId":"…"}` |
//! | `GET`, `POST`, `DELETE /_emulator/faults` | what goes wrong with the calls of Wix: `{"status":503}`, `{"delay":"2s"}`, `{"cut":"before"}` or `"after"` it is accepted, `{"items":0.3}` (a share of a bulk call's items), `{"expiredToken":true}`; each with `triggerKey`, `times`, `probability` and `seed` if that is said ([`Fault`]) |
//! | `GET /_emulator/webhooks` | the deliveries of webhooks to the app, each with its attempts |
//! | `POST /_emulator/webhooks` | delivers one, in the words of Wix's reference: `{"eventType":"…","actionEvent":{"body":{}}}`; or one more time: `{"again":"…"}` with the id of its event; each with `to` if nobody said where webhooks go |
//! | `GET /_emulator/webhooks/public-key` | what the app verifies them with, as PEM |
//! | `GET`, `PUT /_emulator/state` | all that happened and is set up, out and in again |
//! | `POST /_emulator/reset` | forgets what happened, and keeps automations, faults and the clock |
//!
//! A browser that asks for `/` gets a page that shows all of this, with a form to send events and the clock
//! to turn: of an emulator in a test as well, while that waits.
//!
//! It may be left running. It listens on 127.0.0.1 alone, unless [`Builder::listen`] says otherwise,
//! and refuses a request that is for a foreign host or that a browser sends for a page of another
//! site: such a page could otherwise read and change what is here. A body is 4 MB long at most, a
//! request is to be there within ten seconds, and 512 connections are kept: one more closes the one
//! that waits the longest.
//!
//! # As a program
//!
//! `cargo install --path trigger-emulator` gives `trigger-emulator`, which serves the triggers of a
//! folder `schemas`: a `_triggers.json` as the export writes it, or payload schemas by hand, each named
//! as its key. `--config emulator.toml` says who may call and what is set up ([`Config`]). Both are read
//! again when they change, and what happened stays.
//!
//! # What is assumed
//!
//! Not all of Wix's behavior is public. What is guessed stands in one list, [`Assumption`]; each can
//! be switched off with [`Builder::assume`].
//!
//! Beside it there are names that Wix does not tell either, which nothing should lean on: the code
//! `TRIGGER_NOT_FOUND`, the names of rules in `violatedRule`, the members of an error's `data`.
//!
//! Of webhooks it is assumed that they are sent as `text/plain`; that the token's header names the
//! algorithm alone, and the token says neither when it was made nor when it ends (Wix may leave the
//! latter out, and an app has another clock than the emulator); that the 1250 ms begin before there is
//! a connection; that no redirection is followed; and that the type of an event begins with the name
//! of its kind of entity and ends with the slug, unless a [`Webhook`] says otherwise. Wix's page of
//! “Event Published” has a slug of its own, `event_published`, and no type: say what it says.

#![allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "what sets up, turns the clock or asserts has its effect at once"
)]

mod access;
mod assumption;
mod automation;
#[cfg(feature = "cli")]
pub mod cli;
mod clock;
#[cfg(feature = "cli")]
mod config;
mod delivery;
mod emulator;
mod engine;
mod expect;
mod fault;
mod file;
mod http;
mod journal;
mod local;
#[cfg(all(test, feature = "cli"))]
mod never_panics;
mod page;
mod posts;
mod reach;
mod refused;
mod server;
mod state;
mod trigger;
mod view;
mod webhook;
mod words;

pub use access::AppAccess;
pub use assumption::Assumption;
pub use automation::AutomationHandle;
pub use clock::Clock;
#[cfg(feature = "cli")]
pub use config::{Config, ConfigError, Mistake};
pub use delivery::{Attempt, Delivery, DeliveryState};
pub use emulator::{Builder, Emulator, StartError};
pub use expect::{Actions, Events};
pub use fault::Fault;
pub use journal::StateError;
pub use reach::{Reach, ReachedEvent, StoppedAction};
pub use trigger::{DefinitionError, FolderError, TriggerDefinition};
pub use webhook::{Identity, Webhook};

//! Events of a site: Wix tells the app when one is published or canceled, and the app reports when it
//! starts, so that the site's owner can automate reminders.
//!
//! | Wix tells | the app |
//! | --- | --- |
//! | an event is published | reports [`EventStarting`] at its start date |
//! | it is published again, and something of [`EventStarting`] has changed | cancels that and reports it anew |
//! | … with no date, or as a draft | cancels it |
//! | it is canceled | cancels it, and a publication that comes late changes nothing |
//!
//! [`serve`] is the whole app, and `src/main.rs` runs it with what the environment says
//! ([`Variables`]). Deliveries are verified, read and put away before they are answered, and nothing
//! else: Wix waits 1250 ms. What was answered with 200 is kept in memory, and lost if the process ends
//! before it is done; an app that may lose nothing then writes it down where [`serve`] puts it away.
//! Besides, the work on a change ends undone
//!
//! - when a later change of its event takes its place;
//! - at once, when the event itself is wrong and nothing was sent: it does not fit its own payload
//!   schema ([`CallError::Payload`]), or its date has passed and the app was set up to refuse that
//!   ([`CallError::PastDate`]);
//! - when it has failed for two days, as long as Wix would have sent the delivery again.
//!
//! Any other failure may pass, or be mended meanwhile by whoever runs the app: a secret, a permission,
//! a trigger that is not yet released, the schema of an older version in the dashboard. The call is made
//! again, after waits that grow ([`Settings::waits`]).
//!
//! [`CallError::Payload`]: trigger_core::report::CallError::Payload
//! [`CallError::PastDate`]: trigger_core::report::CallError::PastDate
//!
//! The types of what Wix tells are made by `cargo xtask import-webhook` from Wix's reference page, and
//! read whatever Wix sends, or leaves out; what the page does not tell is guessed, and
//! `src/guesses.rs` lists it all.
//!
//! ```
//! use events::{EventId, EventPublished, EventStarting, NotStarting};
//! use uuid::Uuid;
//!
//! let id = EventId(Uuid::from_u128(1));
//! let body = r#"{
//!     "status": "UPCOMING",
//!     "title": null,
//!     "dateAndTimeSettings": { "startDate": "2026-03-02T18:00:00Z" }
//! }"#;
//! let event: EventPublished = serde_json::from_str(body)?;
//! let starting = EventStarting::of(&event, id)?;
//! assert_eq!(starting.starts_at.to_string(), "2026-03-02T18:00:00Z");
//! assert_eq!(starting.title, None);
//!
//! let postponed: EventPublished = serde_json::from_str(r#"{ "status": "POSTPONED" }"#)?;
//! let unknown = NotStarting::UnknownStatus("POSTPONED".to_owned());
//! assert_eq!(EventStarting::of(&postponed, id), Err(unknown));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "server")]
mod guesses;
mod mapping;
#[cfg(feature = "server")]
mod server;
#[cfg(feature = "server")]
mod settings;
mod triggers;
mod wix;

#[cfg(feature = "server")]
pub use guesses::EventCanceled;
pub use mapping::NotStarting;
#[cfg(feature = "server")]
pub use server::{EventKey, serve};
#[cfg(feature = "server")]
pub use settings::{Settings, SettingsError, Variables};
pub use triggers::{EventId, EventStarting, LocationKind, RegistrationKind, RegistrationState};
pub use wix::event_published::*;

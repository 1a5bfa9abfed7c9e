//! What Wix's page of the webhook does not tell, all of it. Guessed in here are the types of the events
//! as they stand in deliveries, and all of the cancellation, whose page nobody here has.
//!
//! Smaller guesses stand where they are decided:
//!
//! - An event without a status is upcoming, for it was published: `judge_status` in `mapping.rs`.
//! - A start date that cannot be read ends reminders that were reported earlier, for it is another one
//!   than theirs; a status that is not known here does not, for nobody knows what it means:
//!   `NotStarting::ends_earlier_reminders` in `mapping.rs`.
//! - The `entityEventSequence` counts all webhooks of an event, those of both types:
//!   `Known::has_overtaken` in `server/known.rs`.
//!
//! The types in here are made of the `entityFqdn` and the `slug`, which the page of “Event
//! Published” has in its example. Where a guess is wrong, the app answers a delivery and does
//! nothing: an event of an unknown type is no failure. Look for the type in the log, and mend it
//! here.

use serde::Deserialize;
use trigger_core::webhook::Event;

use crate::wix::event_published::EventPublished;

/// A guess: the page has the `entityFqdn` `wix.events.events.v3.event` and the slug
/// `event_published`, and does not say how the two are joined.
impl Event for EventPublished {
    const TYPE: &'static str = "wix.events.events.v3.event_published";
}

/// The body of the webhook of an event's cancellation: a guess, with nothing but the id, which
/// stands around the body as well.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EventCanceled {
    /// Event GUID.
    pub event_id: Option<String>,
}

/// A guess: as that of the publication, with the slug `event_canceled`.
impl Event for EventCanceled {
    const TYPE: &'static str = "wix.events.events.v3.event_canceled";
}

//! What a delivery wants of an event.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::Timestamp;
use trigger_core::webhook::Delivery;
use uuid::Uuid;

use crate::guesses::EventCanceled;
use crate::mapping::NotStarting;
use crate::triggers::{EventId, EventStarting};
use crate::wix::event_published::EventPublished;

/// An event of a site: two sites may have events of one id, and are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct EventKey {
    /// The app's instance on the site.
    pub site: Uuid,
    /// The event.
    pub event: EventId,
}

impl fmt::Display for EventKey {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "event {} of site {}", self.event.0, self.site)
    }
}

/// What an event is to be from now on.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) key: EventKey,
    pub(super) moment: Moment,
    pub(super) wanted: Wanted,
}

/// What is to be scheduled for an event.
#[derive(Debug)]
pub(super) enum Wanted {
    /// This, and nothing else.
    Start(Box<EventStarting>),
    /// Nothing.
    Nothing(NotStarting),
    /// Whatever is.
    AsItIs(NotStarting),
}

/// When a delivery's event happened, among those of its entity.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Moment {
    pub(super) sequence: Option<i64>,
    pub(super) time: Option<Timestamp>,
}

/// Why nobody knows what a delivery is about. A repetition would not tell it either.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Homeless {
    #[error("the delivery has no instance id, so that its site is not known")]
    NoSite,
    #[error("the delivery has no id of an event that is a GUID")]
    NoEvent,
}

impl Change {
    pub(super) fn published(event: &EventPublished, delivery: &Delivery) -> Result<Self, Homeless> {
        let key = key(delivery, event.event_id.as_deref())?;
        let wanted = match EventStarting::of(event, key.event) {
            Ok(starting) => Wanted::Start(Box::new(starting)),
            Err(none) if none.ends_earlier_reminders() => Wanted::Nothing(none),
            Err(none) => Wanted::AsItIs(none),
        };
        Ok(Self { key, moment: Moment::of(delivery), wanted })
    }

    pub(super) fn canceled(event: &EventCanceled, delivery: &Delivery) -> Result<Self, Homeless> {
        let key = key(delivery, event.event_id.as_deref())?;
        let wanted = Wanted::Nothing(NotStarting::Canceled);
        Ok(Self { key, moment: Moment::of(delivery), wanted })
    }
}

/// The id stands around the body, and in it. Wix's example has only the former.
fn key(delivery: &Delivery, in_body: Option<&str>) -> Result<EventKey, Homeless> {
    let site = delivery.instance_id.ok_or(Homeless::NoSite)?;
    let ids = [delivery.entity_id.as_deref(), in_body];
    let event = ids.into_iter().flatten().find_map(|id| id.trim().parse().ok());
    Ok(EventKey { site, event: EventId(event.ok_or(Homeless::NoEvent)?) })
}

impl Moment {
    fn of(delivery: &Delivery) -> Self {
        Self { sequence: delivery.sequence, time: delivery.timestamp() }
    }

    /// How it stands to another one of the same event, if Wix tells that.
    pub(super) fn compare(self, other: Self) -> Option<Ordering> {
        match (self.sequence, other.sequence) {
            (Some(this), Some(other)) => Some(this.cmp(&other)),
            _ => Some(self.time?.cmp(&other.time?)),
        }
    }
}

impl Wanted {
    pub(super) fn is_cancellation(&self) -> bool {
        matches!(self, Self::Nothing(NotStarting::Canceled))
    }
}

impl fmt::Display for Wanted {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Start(starting) => write!(formatter, "it starts at {}", starting.starts_at),
            Self::Nothing(none) | Self::AsItIs(none) => none.fmt(formatter),
        }
    }
}

/// What two starts that are the same have in common, in a few bytes.
pub(super) fn fingerprint(starting: &EventStarting) -> u64 {
    let mut hasher = DefaultHasher::new();
    starting.hash(&mut hasher);
    hasher.finish()
}

//! What the app reports: the start of an event, and what a reminder of it would tell.

use jiff::Timestamp;
use serde::Serialize;
use trigger_core::types::Money;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

/// The id of an event of the site, by which its reminders are canceled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Property)]
pub struct EventId(pub Uuid);

/// Triggered in relation to the start time of an event that is published on the site.
///
/// What the event leaves open is not in the payload. Whether it takes place is not in there either:
/// one that does not has no reminder.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "event_starting",
    description = "Triggered in relation to the start time of an event that is published.",
    scheduled_at = starts_at,
    entity_id = event_id,
)]
pub struct EventStarting {
    /// The event, for use by developers.
    #[trigger(hidden)]
    pub event_id: EventId,
    /// When the event starts.
    #[trigger(title = "Start time")]
    pub starts_at: Timestamp,
    /// When the event ends, where the site shows that.
    #[trigger(title = "End time", example = "2026-01-15T12:00:00Z")]
    pub ends_at: Option<Timestamp>,
    /// The start date as the site shows it, in the event's time zone.
    #[trigger(title = "Start date as shown", example = "September 1, 2015")]
    pub shown_start_date: Option<String>,
    /// The time of day as the site shows it, in the event's time zone.
    #[trigger(title = "Start time of day as shown", example = "10:20 AM")]
    pub shown_start_time: Option<String>,
    /// The event's time zone.
    #[trigger(example = "Europe/Dublin")]
    pub time_zone: Option<String>,
    /// The event's title.
    #[trigger(title = "Event title", example = "Life drawing for beginners")]
    pub title: Option<String>,
    /// What stands under the title.
    #[trigger(example = "Bring a pencil, the paper is there")]
    pub short_description: Option<String>,
    /// Whether the guests come to a place or meet online.
    pub location_type: Option<LocationKind>,
    /// The name of the location.
    #[trigger(example = "Harbour studio")]
    pub location_name: Option<String>,
    /// The address of the location, in one line.
    #[trigger(title = "Location address", example = "12 Harbour Street, Galway, H91 X2, IE")]
    pub address: Option<String>,
    /// The event's page on the site.
    #[trigger(
        title = "Event page URL",
        format = "uri",
        example = "https://example.com/event-details/life-drawing"
    )]
    pub event_page_url: Option<String>,
    /// How guests register.
    pub registration_type: Option<RegistrationKind>,
    /// Whether guests can register now.
    pub registration_status: Option<RegistrationState>,
    /// Where guests register, if that is not on the site.
    #[trigger(
        title = "External registration URL",
        format = "uri",
        example = "https://example.com/register"
    )]
    pub registration_url: Option<String>,
    /// The price of the cheapest ticket.
    pub lowest_ticket_price: Option<Money>,
    /// Whether all tickets are sold.
    #[trigger(title = "Sold out")]
    pub is_sold_out: Option<bool>,
}

/// Whether guests come to a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum LocationKind {
    /// They come to a place.
    Venue,
    /// They meet online.
    Online,
}

/// How guests register for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegistrationKind {
    /// They say whether they come.
    Rsvp,
    /// They buy tickets.
    Ticketing,
    /// They register elsewhere.
    External,
    /// They just come.
    None,
}

/// Whether guests can register for an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Property)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegistrationState {
    /// All tickets are sold.
    ClosedAutomatically,
    /// Somebody closed it.
    ClosedManually,
    /// They can say whether they come.
    OpenRsvp,
    /// They can come onto the waitlist.
    OpenRsvpWaitlistOnly,
    /// They can buy tickets.
    OpenTickets,
    /// They can register elsewhere.
    OpenExternal,
    /// They will be able to say whether they come.
    ScheduledRsvp,
}

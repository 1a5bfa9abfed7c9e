//! How what Wix tells of an event becomes what the app reports: pure, of whatever Wix leaves out.

use trigger_core::schema::Format;
use trigger_core::types::Money;

use crate::triggers::{EventId, EventStarting, LocationKind, RegistrationKind, RegistrationState};
use crate::wix::event_published::{
    Address, DateAndTimeSettings, EventPublished, EventPublishedStatus, Location, LocationType,
    PageUrl, Registration, RegistrationStatus, RegistrationType,
};

/// Why an event's start is not reported.
///
/// ```
/// use events::{EventId, EventPublished, EventStarting, NotStarting};
/// use uuid::Uuid;
///
/// let event: EventPublished = serde_json::from_str(r#"{ "status": "DRAFT" }"#)?;
/// let none = EventStarting::of(&event, EventId(Uuid::from_u128(1))).unwrap_err();
/// assert_eq!(none, NotStarting::Draft);
/// assert!(none.ends_earlier_reminders());
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NotStarting {
    /// It is canceled.
    #[error("it is canceled")]
    Canceled,
    /// Nobody sees it on the site.
    #[error("it is a draft")]
    Draft,
    /// Its date is to be decided.
    #[error("its date is yet to be decided")]
    DateToBeDecided,
    /// Its start date is missing.
    #[error("it has no start date")]
    NoStartDate,
    /// Its start date is no time that can be told from others: it has no offset, say.
    #[error("its start date {} is no date-time of RFC 3339", shown(.0))]
    UnreadableStartDate(String),
    /// It has started.
    #[error("it has started")]
    Started,
    /// It has ended.
    #[error("it has ended")]
    Ended,
    /// Its status is one that Wix has added, so that nobody here knows whether it takes place.
    #[error("its status {} is not known here", shown(.0))]
    UnknownStatus(String),
}

/// How many characters of a delivery's text a line shows.
const SHOWN: usize = 60;

/// The beginning of a text, which may be as long as a delivery, in quotes.
pub(crate) fn shown(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        None => format!("{text:?}"),
        Some((end, _)) => format!("{:?}…", &text[..end]),
    }
}

impl NotStarting {
    /// Whether reminders that were reported earlier are wrong now.
    ///
    /// What has started keeps what comes after the start, and of a status that is not known here
    /// nobody knows. A date that cannot be read is another one than theirs: both are guesses.
    #[must_use]
    pub fn ends_earlier_reminders(&self) -> bool {
        !matches!(self, Self::Started | Self::Ended | Self::UnknownStatus(_))
    }
}

impl EventStarting {
    /// The start of an event, as it is reported.
    ///
    /// What does not fit the payload's schema, such as a price that is no number, is left out: a
    /// reminder without it is better than none.
    ///
    /// # Errors
    ///
    /// [`NotStarting`] if there is nothing to be reminded of, or nobody knows when.
    pub fn of(event: &EventPublished, event_id: EventId) -> Result<Self, NotStarting> {
        judge_status(event.status.as_ref())?;
        let dates = event.date_and_time_settings.clone().unwrap_or_default();
        let starts_at = starts_at(&dates)?;
        let ends_at = text(dates.end_date.as_ref()).and_then(|date| date.parse().ok());
        let shown = dates.formatted.unwrap_or_default();
        let location = event.location.clone().unwrap_or_default();
        let registration = event.registration.clone().unwrap_or_default();
        let tickets = registration.tickets.clone().unwrap_or_default();
        Ok(Self {
            event_id,
            starts_at,
            ends_at: ends_at.filter(|_| dates.hide_end_date != Some(true)),
            shown_start_date: text(shown.start_date.as_ref()),
            shown_start_time: text(shown.start_time.as_ref()),
            time_zone: text(dates.time_zone_id.as_ref()),
            title: text(event.title.as_ref()),
            short_description: text(event.short_description.as_ref()),
            location_type: location_kind(&location),
            location_name: text(location.name.as_ref()),
            address: address(&location),
            event_page_url: event.event_page_url.as_ref().and_then(page_url),
            registration_type: registration_kind(&registration),
            registration_status: registration_state(&registration),
            registration_url: registration.external.and_then(|it| uri(text(it.url.as_ref())?)),
            lowest_ticket_price: tickets
                .lowest_price
                .and_then(|price| Money::new(price.value?, price.currency?).ok()),
            is_sold_out: tickets.sold_out,
        })
    }
}

/// One that has no status was published, and so is upcoming: a guess.
fn judge_status(status: Option<&EventPublishedStatus>) -> Result<(), NotStarting> {
    Err(match status {
        None | Some(EventPublishedStatus::Upcoming) => return Ok(()),
        Some(EventPublishedStatus::Started) => NotStarting::Started,
        Some(EventPublishedStatus::Ended) => NotStarting::Ended,
        Some(EventPublishedStatus::Canceled) => NotStarting::Canceled,
        Some(EventPublishedStatus::Draft) => NotStarting::Draft,
        Some(EventPublishedStatus::Unlisted(status)) => NotStarting::UnknownStatus(status.clone()),
    })
}

fn starts_at(dates: &DateAndTimeSettings) -> Result<jiff::Timestamp, NotStarting> {
    if dates.date_and_time_tbd == Some(true) {
        return Err(NotStarting::DateToBeDecided);
    }
    let date = text(dates.start_date.as_ref()).ok_or(NotStarting::NoStartDate)?;
    date.parse().map_err(|_| NotStarting::UnreadableStartDate(date))
}

/// A text in which something stands: Wix sends empty ones for what is not set.
fn text(text: Option<&String>) -> Option<String> {
    let text = text?.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

fn uri(text: String) -> Option<String> {
    Format::Uri.fits(&text).then_some(text)
}

fn page_url(url: &PageUrl) -> Option<String> {
    let (base, path) = (text(url.base.as_ref())?, text(url.path.as_ref()).unwrap_or_default());
    uri(match path.trim_start_matches('/') {
        "" => base,
        path => format!("{}/{path}", base.trim_end_matches('/')),
    })
}

fn location_kind(location: &Location) -> Option<LocationKind> {
    match location.r#type.as_ref()? {
        LocationType::Venue => Some(LocationKind::Venue),
        LocationType::Online => Some(LocationKind::Online),
        LocationType::Unlisted(_) => None,
    }
}

/// None while the location is to be decided: the site shows the name instead.
fn address(location: &Location) -> Option<String> {
    if location.location_tbd == Some(true) {
        return None;
    }
    let address = location.address.as_ref()?;
    let Address { address_line2, city, subdivision, postal_code, country, .. } = address;
    let others = [address_line2, city, subdivision, postal_code, country];
    let others = others.into_iter().filter_map(|part| text(part.as_ref()));
    let parts: Vec<_> = street(address).into_iter().chain(others).collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

fn street(address: &Address) -> Option<String> {
    if let Some(line) = text(address.address_line.as_ref()) {
        return Some(line);
    }
    let street = address.street_address.as_ref()?;
    let parts = [&street.number, &street.name].into_iter().filter_map(|part| text(part.as_ref()));
    let parts: Vec<_> = parts.collect();
    (!parts.is_empty()).then(|| parts.join(" "))
}

fn registration_kind(registration: &Registration) -> Option<RegistrationKind> {
    match registration.r#type.as_ref()? {
        RegistrationType::Rsvp => Some(RegistrationKind::Rsvp),
        RegistrationType::Ticketing => Some(RegistrationKind::Ticketing),
        RegistrationType::External => Some(RegistrationKind::External),
        RegistrationType::None => Some(RegistrationKind::None),
        RegistrationType::Unlisted(_) => None,
    }
}

fn registration_state(registration: &Registration) -> Option<RegistrationState> {
    use RegistrationStatus as Wix;

    match registration.status.as_ref()? {
        Wix::ClosedAutomatically => Some(RegistrationState::ClosedAutomatically),
        Wix::ClosedManually => Some(RegistrationState::ClosedManually),
        Wix::OpenRsvp => Some(RegistrationState::OpenRsvp),
        Wix::OpenRsvpWaitlistOnly => Some(RegistrationState::OpenRsvpWaitlistOnly),
        Wix::OpenTickets => Some(RegistrationState::OpenTickets),
        Wix::OpenExternal => Some(RegistrationState::OpenExternal),
        Wix::ScheduledRsvp => Some(RegistrationState::ScheduledRsvp),
        Wix::UnknownRegistrationStatus | Wix::Unlisted(_) => None,
    }
}

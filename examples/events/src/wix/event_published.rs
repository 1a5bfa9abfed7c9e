//! The body of Wix's webhook “Event Published”.
//!
//! Made by `cargo xtask import-webhook` of event_published.md, which is what to edit.

// Its words and names are Wix's.
#![allow(clippy::pedantic, clippy::style)]

use serde::Deserialize;

/// Triggered when an event is published.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct EventPublished {
    /// Event publishing timestamp in ISO UTC format.
    pub timestamp: Option<String>,
    /// Event GUID.
    pub event_id: Option<String>,
    /// Event status.
    pub status: Option<EventPublishedStatus>,
    /// Event GUID. Indicates the original event from which the current event was derived from. Can
    /// be used to track the original event and add missing information.
    pub derived_from_event_id: Option<String>,
    /// Event title.
    pub title: Option<String>,
    /// Short description that appears under the event title.
    pub short_description: Option<String>,
    /// Event location.
    pub location: Option<Location>,
    /// Event date and time settings.
    pub date_and_time_settings: Option<DateAndTimeSettings>,
    /// Event page URL components.
    pub event_page_url: Option<PageUrl>,
    /// RSVP or ticketing registration details.
    pub registration: Option<Registration>,
}

/// Event status.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum EventPublishedStatus {
    /// Event is published and scheduled to start.
    Upcoming,
    /// Event has started.
    Started,
    /// Event has ended.
    Ended,
    /// Event is canceled.
    Canceled,
    /// Event is not public.
    Draft,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// Event location.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Location {
    /// Location name. This value is displayed instead of the address when the location is defined
    /// as TBD by setting the `locationTbd` property to `true`.
    pub name: Option<String>,
    /// Location type.
    pub r#type: Option<LocationType>,
    /// Exact location address.
    pub address: Option<Address>,
    /// Whether the event location is TBD.
    pub location_tbd: Option<bool>,
}

/// Location type.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum LocationType {
    /// Event is on-site at a specific physical location.
    Venue,
    /// Event is online, such as a virtual video conference.
    Online,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// Exact location address.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Address {
    /// Street address.
    ///
    /// At most one of `streetAddress` and `addressLine` is present.
    pub street_address: Option<StreetAddress>,
    /// Primary address information (street and building number).
    ///
    /// At most one of `streetAddress` and `addressLine` is present.
    pub address_line: Option<String>,
    /// 2-letter country code in [ISO-3166
    /// alpha-2](https://en.wikipedia.org/wiki/ISO_3166-1_alpha-2#Officially_assigned_code_elements)
    /// format.
    pub country: Option<String>,
    /// Code for a subdivision (such as state, prefecture, or province) in [ISO
    /// 3166-2](https://en.wikipedia.org/wiki/ISO_3166-2).
    pub subdivision: Option<String>,
    /// City name.
    pub city: Option<String>,
    /// Zip or postal code.
    pub postal_code: Option<String>,
    /// Secondary address information (suite or apartment number and room number).
    pub address_line2: Option<String>,
}

/// Street address.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct StreetAddress {
    /// Street number.
    pub number: Option<String>,
    /// Street name.
    pub name: Option<String>,
}

/// Event date and time settings.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct DateAndTimeSettings {
    /// Whether the event date and time are TBD.
    pub date_and_time_tbd: Option<bool>,
    /// Message that is displayed when time and date is TBD. **Note:** This field is only used when
    /// the `dateAndTimeTbd` field value is `true`.
    pub date_and_time_tbd_message: Option<String>,
    /// Event start date. **Note:** This field is only returned when the `dateAndTimeTbd` field
    /// value is `false`.
    pub start_date: Option<String>,
    /// Event end date. **Note:** This field is only returned when the `dateAndTimeTbd` field value
    /// is `false`.
    pub end_date: Option<String>,
    /// Event time zone GUID in the [TZ database](https://www.iana.org/time-zones) format. **Note:**
    /// This field is only returned when the `dateAndTimeTbd` field value is `false`.
    pub time_zone_id: Option<String>,
    /// Whether the end date is hidden in the formatted date and time.
    pub hide_end_date: Option<bool>,
    /// Whether the time zone is displayed in the formatted schedule.
    pub show_time_zone: Option<bool>,
    /// Repeating event status.
    pub recurrence_status: Option<DateAndTimeSettingsStatus>,
    /// Event repetitions.
    pub recurring_events: Option<Recurrences>,
    /// Formatted date and time settings.
    pub formatted: Option<Formatted>,
}

/// Repeating event status.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum DateAndTimeSettingsStatus {
    /// Event happens only once and can last multiple days.
    OneTime,
    /// A series of events that repeat.
    Recurring,
    /// Next event in a schedule of recurring events.
    RecurringUpcoming,
    /// Latest event that ended in a schedule of recurring events.
    RecurringRecentlyEnded,
    /// Latest canceled event in a schedule of recurring events
    RecurringRecentlyCanceled,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// Event repetitions.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Recurrences {
    /// Individual event dates for recurring events. *Note:** Each date must be manually calculated
    /// and provided. There is no support for automatic generation using recurrence rules or
    /// patterns (for example, "Weekly"). When you create a recurring event:
    ///
    /// - Each occurrence is created as an independent event with its own unique GUID.
    /// - All occurrences in the series share the same `categoryId`, which allows you to identify
    ///   all events in the recurring series.
    /// - To retrieve all events in a recurring series, query events by
    ///   `recurringEvents.categoryId`.
    /// - Each event in the series can be independently updated or deleted using its individual
    ///   event GUID.
    #[serde(deserialize_with = "items")]
    pub individual_event_dates: Vec<IndividualEventDate>,
    /// Recurring event category GUID. This read-only field is automatically generated and shared by
    /// all events in a recurring series. Use this GUID to query and retrieve all occurrences of a
    /// recurring event.
    pub category_id: Option<String>,
}

/// Individual event dates for recurring events. *Note:** Each date must be manually calculated and
/// provided. There is no support for automatic generation using recurrence rules or patterns (for
/// example, "Weekly"). When you create a recurring event:
///
/// - Each occurrence is created as an independent event with its own unique GUID.
/// - All occurrences in the series share the same `categoryId`, which allows you to identify all
///   events in the recurring series.
/// - To retrieve all events in a recurring series, query events by `recurringEvents.categoryId`.
/// - Each event in the series can be independently updated or deleted using its individual event
///   GUID.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct IndividualEventDate {
    /// Event start date.
    pub start_date: Option<String>,
    /// Event end date.
    pub end_date: Option<String>,
    /// Event time zone GUID in the [TZ database](https://www.iana.org/time-zones) format.
    pub time_zone_id: Option<String>,
    /// Whether the time zone is displayed in a formatted schedule.
    pub show_time_zone: Option<bool>,
}

/// Formatted date and time settings.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Formatted {
    /// Formatted date and time representation.
    ///
    /// Example of formatting when an event lasts multiple days and is in the UTC time zone:
    /// `September 1, 2015 at 10:20 AM – September 5, 2015 at 12:14 PM`.
    ///
    /// Example of formatting when an event lasts 1 day and is in the GMT+2 time zone: `February 1,
    /// 2018, 12:10 – 2:50 PM GMT+2`.
    pub date_and_time: Option<String>,
    /// Formatted start date of the event. Empty for TBD schedules.
    pub start_date: Option<String>,
    /// Formatted start time of the event. Empty for TBD schedules.
    pub start_time: Option<String>,
    /// Formatted end date of the event. Empty for TBD schedules or when the end date is hidden.
    pub end_date: Option<String>,
    /// Formatted end time of the event. Empty for TBD schedules or when the end date is hidden.
    pub end_time: Option<String>,
}

/// Event page URL components.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct PageUrl {
    /// The base URL. For premium sites, the base is the domain. For free sites, the base is the Wix
    /// site URL (for example, `https://mysite.wixsite.com/mysite`).
    pub base: Option<String>,
    /// The path to the page. For example, `/product-page/a-product`.
    pub path: Option<String>,
}

/// RSVP or ticketing registration details.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Registration {
    /// Reflects the current state of the registration.
    pub r#type: Option<RegistrationType>,
    /// Registration status.
    pub status: Option<RegistrationStatus>,
    /// RSVP registration details.
    pub rsvp: Option<RsvpRegistration>,
    /// Ticket registration details.
    pub tickets: Option<TicketsRegistration>,
    /// External registration details.
    pub external: Option<ExternalRegistration>,
    /// Types of guests allowed to register.
    pub allowed_guest_types: Option<RegistrationAllowedGuestTypes>,
    /// Initial registration type which is set when creating an event. Once set, this value is
    /// immutable. To change the type of registration, use the `registration.type` field:
    ///
    /// - Events with `initialType` of `RSVP` or `TICKETING` can be changed to `EXTERNAL` or `NONE`.
    /// - `RSVP` events can't become `TICKETING` events, and vice versa.
    pub initial_type: Option<RegistrationInitialType>,
    /// Whether the registration is paused.
    pub registration_paused: Option<bool>,
    /// Whether the registration is disabled.
    pub registration_disabled: Option<bool>,
}

/// Reflects the current state of the registration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RegistrationType {
    /// Guests register by RSVPing to the event.
    Rsvp,
    /// Guests register by buying tickets.
    Ticketing,
    /// Guests register externally using some other site or platform.
    External,
    /// No registration is required, all guests can attend. This registration type is for only
    /// displaying the event details on a site. The property value can be changed from `RSVP` or
    /// `TICKETING `to `EXTERNAL` or `NONE` after the event is created, depending on any additional
    /// configurations applied to the event.
    None,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// Registration status.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegistrationStatus {
    /// Registration status isn't applicable.
    UnknownRegistrationStatus,
    /// Registration is closed after tickets are sold out.
    ClosedAutomatically,
    /// Registration is closed when the `registration.registrationDisabled` property is set to
    /// `true`.
    ClosedManually,
    /// Guests can start RSVPing to the event.
    OpenRsvp,
    /// Guest list has reached the maximum, new guests are added to a waitlist.
    OpenRsvpWaitlistOnly,
    /// Guests can buy tickets to the event.
    OpenTickets,
    /// Guests register on a different page or web address.
    OpenExternal,
    /// Registration via RSVP is scheduled for the future.
    ScheduledRsvp,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// RSVP registration details.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RsvpRegistration {
    /// Available answers for registration to an event.
    pub response_type: Option<ResponseType>,
    /// How many guests can RSVP to an event.
    pub limit: Option<i64>,
    /// Whether a waitlist is opened when the total guest limit is reached. If `true`, guests can
    /// RSVP to an event and are automatically added to the waitlist with the `IN_WAITLIST` status.
    pub waitlist_enabled: Option<bool>,
    /// Registration start date.
    pub start_date: Option<String>,
    /// Registration end date.
    pub end_date: Option<String>,
}

/// Available answers for registration to an event.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum ResponseType {
    /// Only a **Yes** answer is available to select when RSVP'ing to an event.
    YesOnly,
    /// *Yes** and **No** answers are available to select when RSVP'ing to an event.
    YesAndNo,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// Ticket registration details.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TicketsRegistration {
    /// Whether the registration form must be filled out separately for each ticket.
    pub guests_assigned_separately: Option<bool>,
    /// Ticket limit per order.
    ///
    /// Default: 20 tickets.
    pub ticket_limit_per_order: Option<i64>,
    /// Ticket price currency.
    pub currency: Option<String>,
    /// Lowest ticket price.
    pub lowest_price: Option<Money>,
    /// Highest ticket price.
    pub highest_price: Option<Money>,
    /// Whether all tickets are sold for the event.
    pub sold_out: Option<bool>,
    /// How tax is applied.
    pub tax_settings: Option<TaxSettings>,
    /// Reservation duration in minutes.
    pub reservation_duration_in_minutes: Option<i64>,
}

/// Lowest ticket price.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Money {
    /// Amount of money in decimal form. A period is used as a decimal separator (for example,
    /// `3.99`).
    pub value: Option<String>,
    /// Currency code in 3-letter [ISO-4217
    /// alphabetic](https://en.wikipedia.org/wiki/ISO_4217#Active_codes) format.
    pub currency: Option<String>,
    /// Amount of money in decimal form. A period or comma are used as a decimal separator (for
    /// example, `1 000,30`).
    pub formatted_value: Option<String>,
}

/// How tax is applied.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct TaxSettings {
    /// Tax application settings.
    pub r#type: Option<TaxType>,
    /// Tax name.
    pub name: Option<String>,
    /// Tax rate. For example, `21.55`.
    pub rate: Option<String>,
    /// Apply tax to donations.
    pub applied_to_donations: Option<bool>,
}

/// Tax application settings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum TaxType {
    /// Deduct the fee from the ticket price for a seller. For example, if you're selling tickets
    /// for $10, a ticket service fee of $0.25 is deducted from the price and you'll get $9.75.
    IncludedInPrice,
    /// Show the fee in addition to the ticket price at checkout and a guest pays the fee. For
    /// example, if you sell tickets for $10, a customer sees a ticket service fee of $0.25 and pays
    /// $10.25 in total.
    AddedAtCheckout,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// External registration details.
#[derive(Clone, Debug, Default, PartialEq, Deserialize)]
#[serde(default)]
pub struct ExternalRegistration {
    /// External event registration URL.
    pub url: Option<String>,
}

/// Types of guests allowed to register.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum RegistrationAllowedGuestTypes {
    /// All site visitors can RSVP to the event.
    VisitorOrMember,
    /// Only people who have signed up as members of your site are able to RSVP to the event.
    Member,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// Initial registration type which is set when creating an event. Once set, this value is
/// immutable. To change the type of registration, use the `registration.type` field:
///
/// - Events with `initialType` of `RSVP` or `TICKETING` can be changed to `EXTERNAL` or `NONE`.
/// - `RSVP` events can't become `TICKETING` events, and vice versa.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum RegistrationInitialType {
    /// Guests register by RSVPing to the event.
    Rsvp,
    /// Guests register by buying tickets. This property value never changes.
    Ticketing,
    /// A value that the page does not have, as Wix sent it.
    #[serde(untagged)]
    Unlisted(String),
}

/// The items of a list without those that are null; none if the list itself is.
fn items<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: serde::Deserializer<'de>,
    T: Deserialize<'de>,
{
    let items = Option::<Vec<Option<T>>>::deserialize(deserializer)?;
    Ok(items.into_iter().flatten().flatten().collect())
}

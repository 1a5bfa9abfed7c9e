use jiff::{Timestamp, civil::Date};
use serde::Serialize;
use trigger_core::{Property, Trigger};
use uuid::Uuid;

#[derive(Serialize, Trigger)]
#[serde(rename_all = "camelCase")]
#[trigger(
    key = "class_booked",
    // scheduled_at = starts_at, // if events happen then, and not when they are reported
    // contact = contact_id, // if it is the id of a contact of the site
    // entity_id = booking_id, // if events are canceled by it
)]
pub struct ClassBooked {
    #[trigger(example = "8c5d4d52-5c0c-4bb2-9a4a-1e1f4a3a9b01")]
    pub booking_id: Uuid,
    #[trigger(example = "f2b6c1f4-0a51-4c39-8d3b-6d6c9b1f2e77")]
    pub contact_id: Uuid,
    #[trigger(example = "2026-03-02T18:00:00+01:00")]
    pub starts_at: Timestamp,
    #[trigger(example = "1990-12-10")]
    pub birthday: Option<Date>,
    #[trigger(format = "email", example = "ada@example.com")]
    pub email: String,
    #[trigger(example = "https://example.com/classes/7")]
    pub page: String,
    #[trigger(example = "Note: first time")]
    pub note: Option<String>,
    #[trigger(example = 12)]
    pub price: f64,
    #[trigger(example = 2)]
    pub seats: i64,
    // `null` in a sample; Wix's types have none, and a `None` is left out.
    #[trigger(example = "Grace")]
    pub coach: Option<String>,
    pub guests: Vec<Guest>,
    pub room: Room,
}

#[derive(Serialize, Property)]
pub struct Guest {
    #[trigger(example = "Charles")]
    pub name: String,
    #[trigger(example = 30)]
    pub age: Option<i64>,
}

#[derive(Serialize, Property)]
pub struct Room {
    #[trigger(example = "Studio 2")]
    pub name: Option<String>,
    pub floor: Option<i64>,
}

//! Types of the program's own that are called like those that the derive knows by name.

use serde::Serialize;
use trigger_core::{Property, Trigger};

/// Not `uuid`'s: one that is written as it is here.
#[derive(Serialize, Property)]
struct Uuid(#[trigger(format = "uuid", example = "2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50")] String);

/// Neither `jiff`'s nor `chrono`'s.
#[derive(Serialize, Property)]
struct Timestamp(#[trigger(format = "date-time", example = "2026-01-15T09:30:00Z")] String);

#[derive(Serialize, Property)]
struct Money {
    #[trigger(format = "number", example = "12.50")]
    value: String,
    #[trigger(example = "EUR")]
    currency: String,
}

#[derive(Serialize, Property)]
enum Date {
    Today,
    Tomorrow,
}

#[derive(Serialize, Property)]
struct Decimal(f64);

#[derive(Serialize, Property)]
struct Url(
    #[trigger(format = "uri", example = "https://example.com")]
    String,
);

#[derive(Serialize, Trigger)]
#[trigger(key = "own_types", scheduled_at = at, contact = contact_id)]
struct OwnTypes {
    contact_id: Uuid,
    at: Timestamp,
    other_id: Option<Uuid>,
    seen_at: Option<Timestamp>,
    #[trigger(example = {"value": "12.50", "currency": "EUR"}, custom_type = "MONEY")]
    price: Money,
    #[serde(flatten)]
    fee: Option<Money>,
    day: Date,
    share: Decimal,
    page: Url,
}

#[test]
fn a_type_is_what_it_is_and_not_what_it_is_called() {
    let event = OwnTypes {
        contact_id: Uuid("2a4c8a1e-3f0d-4f5b-9f0e-6b1d2c3e4f50".to_owned()),
        at: Timestamp("2026-01-15T09:30:00Z".to_owned()),
        other_id: None,
        seen_at: None,
        price: Money { value: "1".to_owned(), currency: "EUR".to_owned() },
        fee: None,
        day: Date::Tomorrow,
        share: Decimal(0.5),
        page: Url("https://example.com".to_owned()),
    };
    let _ = Date::Today;
    assert!(super::written(&event).ends_with(
        r#""price":{"value":"1","currency":"EUR"},"day":"Tomorrow","share":0.5,"page":"https://example.com"}"#
    ));
    let document = serde_json::to_value(OwnTypes::payload_document()).unwrap();
    assert_eq!(document["properties"]["day"]["type"], "string");
    assert_eq!(document["properties"]["share"]["type"], "number");
    assert_eq!(document["properties"]["other_id"]["format"], "uuid");
}

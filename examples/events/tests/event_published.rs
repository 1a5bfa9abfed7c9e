//! `EventPublished`: made from Wix's reference page, with all that the page tells, and able to read
//! whatever Wix may send.

mod support;

use std::collections::HashSet;

use events::{
    Address, EventPublished, EventPublishedStatus, Location, Recurrences, RegistrationType,
    StreetAddress,
};
use serde_json::{Value, json};
use support::{Item, PAGE, SOURCE, Token, items, of_flat_page, of_page, words};
use trigger_xtask::import::{Input, webhook_to_rust};

/// The REST part as it was handed on, without its lines.
const FLAT: &str = include_str!("../wix/event_published.flat.txt");

/// What stands around the body of any event; `trigger-core` reads it.
const AROUND: [&str; 9] = [
    "id",
    "entityFqdn",
    "slug",
    "entityId",
    "eventTime",
    "triggeredByAnonymizeRequest",
    "originatedFrom",
    "actionEvent",
    "body",
];

#[test]
fn the_page_that_was_laid_out_again_has_the_words_of_the_flat_one() {
    assert_eq!(words(PAGE), words(FLAT));
}

#[test]
fn both_pages_have_the_same_names_types_and_values_in_the_same_order() {
    assert_eq!(of_page(PAGE), of_flat_page(FLAT));
}

/// If not: `cargo xtask import-webhook`, as `wix/README.md` has it.
#[test]
fn the_committed_types_are_what_the_page_gives() {
    let page = Input { name: "event_published.md", bytes: PAGE.as_bytes() };
    assert_eq!(webhook_to_rust(&page).expect("types"), SOURCE);
}

#[test]
fn every_name_type_and_value_of_the_page_is_in_the_types() {
    let tokens = of_page(PAGE);
    let (around, body) = tokens.split_at(AROUND.len());
    let names: Vec<_> = around.iter().map(Token::text).collect();
    assert_eq!(names, AROUND);

    let is_told = |token: &&Token| **token != Token::OneOf;
    let told: Vec<_> = body.iter().filter(is_told).cloned().collect();
    let mut met = HashSet::new();
    assert_eq!(expanded("EventPublished", &mut met), told);

    let count = |is_it: fn(&Token) -> bool| told.iter().filter(|token| is_it(token)).count();
    let counts = [
        count(|token| matches!(token, Token::Field(..))),
        count(|token| matches!(token, Token::Value(_))),
        body.len() - told.len(),
    ];
    assert_eq!(counts, [76, 32, 1], "fields, values, ONE-OF");
    assert_eq!([items().len(), met.len()], [24, 24], "types with a name");
    assert_eq!(SOURCE.matches("At most one of `streetAddress` and `addressLine`").count(), 2);
}

/// A type's fields and values, each type where it is met first, as the page has them.
fn expanded(name: &str, met: &mut HashSet<String>) -> Vec<Token> {
    if !met.insert(name.to_owned()) {
        return Vec::new();
    }
    match &items()[name] {
        Item::Enum(values) => values.iter().cloned().map(Token::Value).collect(),
        Item::Struct(fields) => fields
            .iter()
            .flat_map(|(key, ty)| {
                let (of_page, inner) = on_the_page(ty);
                let inside = inner.map(|inner| expanded(inner, met)).unwrap_or_default();
                [vec![Token::Field(key.clone(), of_page.to_owned())], inside].concat()
            })
            .collect(),
    }
}

/// What the page calls a type, and the type to expand.
fn on_the_page(ty: &str) -> (&str, Option<&str>) {
    if let Some(item) = ty.strip_prefix("Vec<") {
        return ("array", item.strip_suffix('>'));
    }
    let ty = ty.strip_prefix("Option<").and_then(|rest| rest.strip_suffix('>')).expect("an option");
    let of_page = match ty {
        "String" => return ("string", None),
        "bool" => return ("boolean", None),
        "i64" => return ("integer", None),
        "EventPublishedStatus" | "DateAndTimeSettingsStatus" | "RegistrationStatus" => "Status",
        "RegistrationType" | "RegistrationAllowedGuestTypes" | "RegistrationInitialType" => "Type",
        other => other,
    };
    (of_page, Some(ty))
}

/// The body of the sample delivery, byte for byte.
fn sample() -> &'static str {
    let (_, rest) = FLAT.split_once("\"bodyAsJson\": ").expect("a body");
    &rest[..=rest.find('}').expect("its end")]
}

#[test]
fn the_body_of_the_sample_delivery_is_read_byte_for_byte() {
    let id = Some("178ef33c-d1db-4ed7-916e-e11455067755".to_owned());
    let event: EventPublished = serde_json::from_str(sample()).expect("it is read");
    let expected = EventPublished {
        timestamp: Some("2023-07-13T09:40:00Z".to_owned()),
        status: Some(EventPublishedStatus::Started),
        derived_from_event_id: id,
        ..EventPublished::default()
    };
    assert_eq!(event, expected);

    // Its key has a blank at the end, so it is another one.
    assert!(sample().contains("\"eventId \": "));
    assert_eq!(event.event_id, None);
}

fn read(body: &Value) -> EventPublished {
    serde_json::from_str(&body.to_string()).expect("it is read")
}

#[test]
fn what_a_delivery_has_stands_in_its_field() {
    let event = read(&json!({
        "location": { "type": "ONLINE", "address": { "streetAddress": { "number": "1" } } },
        "dateAndTimeSettings": { "recurringEvents": { "individualEventDates": [{ "endDate": "?" }] } },
        "registration": {
            "type": "NONE",
            "rsvp": { "limit": 12, "waitlistEnabled": true },
            "tickets": { "lowestPrice": { "value": "1" }, "highestPrice": { "value": "2" } },
        },
    }));
    let address = event.location.and_then(|location| location.address).expect("an address");
    assert_eq!(address.street_address.and_then(|street| street.number).as_deref(), Some("1"));
    let settings = event.date_and_time_settings.expect("settings");
    let dates = settings.recurring_events.expect("dates").individual_event_dates;
    // A date that is none takes nothing else with it.
    assert_eq!(dates[0].end_date.as_deref(), Some("?"));
    let registration = event.registration.expect("a registration");
    assert_eq!(registration.r#type, Some(RegistrationType::None));
    assert_eq!(registration.rsvp.and_then(|rsvp| rsvp.limit), Some(12));
    let tickets = registration.tickets.expect("tickets");
    let price = tickets.highest_price.and_then(|price| price.value);
    assert_eq!(price.as_deref(), Some("2"));
}

/// A delivery with everything that the types have, each leaf as `leaf` makes it of its Rust type,
/// and with a member more in every object.
fn whole(name: &str, leaf: fn(&str) -> Value) -> Value {
    let Item::Struct(fields) = &items()[name] else { return leaf("enum") };
    let member = |(key, ty): &(String, String)| (key.clone(), leaf_or_inside(ty, leaf));
    let more = ("addedLater".to_owned(), json!([{ "a": null }, 1]));
    Value::Object(fields.iter().map(member).chain([more]).collect())
}

fn leaf_or_inside(ty: &str, leaf: fn(&str) -> Value) -> Value {
    let inner = &ty[ty.find('<').expect("an argument") + 1..ty.len() - 1];
    let value = if items().contains_key(inner) { whole(inner, leaf) } else { leaf(inner) };
    if ty.starts_with("Vec<") { json!([value, null, {}]) } else { value }
}

fn added_later(ty: &str) -> Value {
    match ty {
        "bool" => json!(true),
        "i64" => json!(1),
        _ => json!("ADDED_LATER"),
    }
}

#[test]
fn no_enum_fails_on_a_value_that_was_added_later_and_none_loses_it() {
    let event = read(&whole("EventPublished", added_later));
    let kept = format!("{event:?}").matches("Unlisted(\"ADDED_LATER\")").count();
    let enums = items().values().filter(|item| matches!(item, Item::Enum(_))).count();
    assert_eq!(kept, enums);
    // The null among the items is left out.
    let dates = |it: Recurrences| it.individual_event_dates.len();
    let settings = event.date_and_time_settings.expect("settings");
    assert_eq!(settings.recurring_events.map(dates), Some(2));
}

#[test]
fn no_field_fails_on_null_or_what_is_missing() {
    let event = read(&whole("EventPublished", |_| Value::Null));
    let street_address = Some(StreetAddress::default());
    let address = Address { street_address, ..Address::default() };
    assert_eq!(event.location, Some(Location { address: Some(address), ..Location::default() }));
    assert_eq!(read(&json!({})), EventPublished::default());

    let nulls = json!({ "individualEventDates": null, "categoryId": null });
    for body in [nulls, json!({})] {
        let read = serde_json::from_value::<Recurrences>(body).expect("it is read");
        assert_eq!(read, Recurrences::default());
    }
}

#[test]
fn each_field_may_be_null_by_itself() {
    let whole = whole("EventPublished", added_later);
    let pointers = pointers(&whole, "");
    assert!(pointers.len() > 100, "{}", pointers.len());
    for pointer in pointers {
        let mut body = whole.clone();
        *body.pointer_mut(&pointer).expect("a value") = Value::Null;
        read(&body);
    }
}

/// All members and items inside a value.
fn pointers(value: &Value, at: &str) -> Vec<String> {
    let inside: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, it)| (key.clone(), it)).collect(),
        Value::Array(items) => {
            items.iter().enumerate().map(|(index, it)| (index.to_string(), it)).collect()
        }
        _ => Vec::new(),
    };
    let pointers = inside.into_iter().flat_map(|(key, it)| {
        let pointer = format!("{at}/{key}");
        let mut deeper = pointers(it, &pointer);
        deeper.push(pointer);
        deeper
    });
    pointers.collect()
}

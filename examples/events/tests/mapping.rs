//! What is reported of an event, of whatever Wix tells.

use events::{EventId, EventPublished, EventStarting, NotStarting};
use serde_json::{Value, json};
use trigger_core::{Trigger, payload};
use uuid::{Uuid, uuid};

const ID: Uuid = uuid!("178ef33c-d1db-4ed7-916e-e11455067755");

fn of(body: Value) -> Result<EventStarting, NotStarting> {
    let event: EventPublished = serde_json::from_value(body).expect("any body can be read");
    EventStarting::of(&event, EventId(ID))
}

/// The payload of an event that is told with these members, besides its start.
#[track_caller]
fn payload(members: Value) -> Value {
    let mut body = json!({ "dateAndTimeSettings": { "startDate": "2026-03-20T18:00:00Z" } });
    merge(&mut body, members);
    let bytes = payload::to_vec(&of(body).expect("starts")).expect("fits the schema");
    let mut payload: Value = serde_json::from_slice(&bytes).expect("is JSON");
    let known = payload.as_object_mut().expect("an object");
    assert_eq!(known.remove("eventId"), Some(json!(ID)));
    assert_eq!(known.remove("startsAt"), Some(json!("2026-03-20T18:00:00Z")));
    payload
}

fn merge(into: &mut Value, from: Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                merge(into.entry(name).or_insert(Value::Null), value);
            }
        }
        (into, from) => *into = from,
    }
}

#[test]
fn all_that_wix_may_tell_is_in_the_payload() {
    let starting = of(json!({
        "eventId": "another one, which is not asked",
        "status": "UPCOMING",
        "title": "Life drawing",
        "shortDescription": "Bring a pencil",
        "location": {
            "name": "Harbour studio",
            "type": "VENUE",
            "address": {
                "streetAddress": { "number": "12", "name": "Harbour Street" },
                "addressLine2": "First floor",
                "city": "Galway",
                "subdivision": "G",
                "postalCode": "H91 X2",
                "country": "IE",
            },
            "locationTbd": false,
        },
        "dateAndTimeSettings": {
            "dateAndTimeTbd": false,
            "startDate": "2026-03-20T18:00:00+01:00",
            "endDate": "2026-03-20T20:00:00Z",
            "timeZoneId": "Europe/Dublin",
            "hideEndDate": false,
            "formatted": { "startDate": "March 20, 2026", "startTime": "6:00 PM" },
        },
        "eventPageUrl": { "base": "https://example.com/", "path": "/event-details/life-drawing" },
        "registration": {
            "type": "TICKETING",
            "status": "OPEN_TICKETS",
            "tickets": {
                "lowestPrice": { "value": "12.50", "currency": "EUR", "formattedValue": "12,50" },
                "soldOut": false,
            },
            "external": { "url": "https://example.com/register" },
        },
    }))
    .expect("starts");
    // The bytes themselves: the properties stand in the order of the fields.
    let expected = concat!(
        r#"{"eventId":"178ef33c-d1db-4ed7-916e-e11455067755","startsAt":"2026-03-20T17:00:00Z","#,
        r#""endsAt":"2026-03-20T20:00:00Z","shownStartDate":"March 20, 2026","#,
        r#""shownStartTime":"6:00 PM","timeZone":"Europe/Dublin","title":"Life drawing","#,
        r#""shortDescription":"Bring a pencil","locationType":"VENUE","#,
        r#""locationName":"Harbour studio","#,
        r#""address":"12 Harbour Street, First floor, Galway, G, H91 X2, IE","#,
        r#""eventPageUrl":"https://example.com/event-details/life-drawing","#,
        r#""registrationType":"TICKETING","registrationStatus":"OPEN_TICKETS","#,
        r#""registrationUrl":"https://example.com/register","#,
        r#""lowestTicketPrice":{"value":"12.50","currency":"EUR"},"isSoldOut":false}"#,
    );
    let bytes = payload::to_vec(&starting).expect("fits the schema");
    assert_eq!(String::from_utf8_lossy(&bytes), expected);
    assert_eq!(starting.entity_id(), ID);
    assert_eq!(EventStarting::SPEC.scheduled_at(), Some("startsAt"));
}

#[test]
fn what_wix_does_not_tell_is_left_out() {
    assert_eq!(payload(json!({})), json!({}));
    let nothing = json!({
        "status": null,
        "title": " ",
        "location": { "name": "", "address": { "city": "" } },
        "eventPageUrl": { "base": "", "path": "/event-details/life-drawing" },
        "registration": { "tickets": {}, "external": {} },
    });
    assert_eq!(payload(nothing), json!({}));
}

/// Wix may add values, and a person may have written them.
#[test]
fn what_does_not_fit_the_schema_is_left_out() {
    let odd = json!({
        "location": { "type": "SPACESHIP" },
        "dateAndTimeSettings": { "endDate": "late" },
        "eventPageUrl": { "base": "no address" },
        "registration": {
            "type": "LOTTERY",
            "status": "OPEN_LOTTERY",
            "tickets": { "lowestPrice": { "value": "1 000,30", "currency": "EUR" } },
            "external": { "url": "ask at the desk" },
        },
    });
    assert_eq!(payload(odd), json!({}));
    let unknown = json!({ "registration": { "status": "UNKNOWN_REGISTRATION_STATUS" } });
    assert_eq!(payload(unknown), json!({}));
}

#[test]
fn every_choice_of_wix_is_one_of_the_payload() {
    for (member, name, values) in [
        ("location", "locationType", &["VENUE", "ONLINE"][..]),
        ("registration", "registrationType", &["RSVP", "TICKETING", "EXTERNAL", "NONE"]),
    ] {
        for value in values {
            assert_eq!(payload(json!({ member: { "type": value } })), json!({ name: value }));
        }
    }
    for value in [
        "CLOSED_AUTOMATICALLY",
        "CLOSED_MANUALLY",
        "OPEN_RSVP",
        "OPEN_RSVP_WAITLIST_ONLY",
        "OPEN_TICKETS",
        "OPEN_EXTERNAL",
        "SCHEDULED_RSVP",
    ] {
        let told = json!({ "registration": { "status": value } });
        assert_eq!(payload(told), json!({ "registrationStatus": value }));
    }
}

#[test]
fn an_end_that_the_site_hides_is_not_told() {
    let dates = |hidden: Value| json!({ "endDate": "2026-03-20T20:00:00Z", "hideEndDate": hidden });
    let hidden = json!({ "dateAndTimeSettings": dates(json!(true)) });
    assert_eq!(payload(hidden), json!({}));
    let shown = json!({ "dateAndTimeSettings": dates(Value::Null) });
    assert_eq!(payload(shown), json!({ "endsAt": "2026-03-20T20:00:00Z" }));
}

#[test]
fn an_address_is_one_line_of_what_there_is() {
    let at = |address: Value| payload(json!({ "location": { "address": address } }));
    let line = json!({ "addressLine": "12 Harbour Street", "city": "Galway" });
    assert_eq!(at(line), json!({ "address": "12 Harbour Street, Galway" }));
    let street = json!({ "streetAddress": { "name": "Harbour Street" }, "country": "IE" });
    assert_eq!(at(street), json!({ "address": "Harbour Street, IE" }));
    let to_be_decided = json!({
        "location": { "name": "Soon", "locationTbd": true, "address": { "city": "Galway" } },
    });
    assert_eq!(payload(to_be_decided), json!({ "locationName": "Soon" }));
}

#[test]
fn a_page_has_one_slash_between_its_parts() {
    for (base, path) in [
        ("https://example.com", "/a"),
        ("https://example.com/", "a"),
        ("https://example.com/", "/a"),
        ("https://example.com/a", ""),
    ] {
        let page = json!({ "eventPageUrl": { "base": base, "path": path } });
        assert_eq!(payload(page), json!({ "eventPageUrl": "https://example.com/a" }));
    }
}

#[test]
fn what_has_no_start_to_be_reminded_of_says_why() {
    let dates = |dates: Value| json!({ "dateAndTimeSettings": dates });
    let status = |status: &str| {
        json!({
            "status": status,
            "dateAndTimeSettings": { "startDate": "2026-03-20T18:00:00Z" },
        })
    };
    let unreadable = |date: &str| NotStarting::UnreadableStartDate(date.to_owned());
    let undecided = json!({ "dateAndTimeTbd": true, "startDate": "2026-03-20T18:00:00Z" });
    for (body, expected, ends_earlier) in [
        (json!({}), NotStarting::NoStartDate, true),
        (dates(json!({ "startDate": "" })), NotStarting::NoStartDate, true),
        (dates(undecided), NotStarting::DateToBeDecided, true),
        (dates(json!({ "startDate": "soon" })), unreadable("soon"), true),
        // Without an offset, nobody knows which time that is.
        (
            dates(json!({ "startDate": "2026-03-20T18:00:00" })),
            unreadable("2026-03-20T18:00:00"),
            true,
        ),
        (status("CANCELED"), NotStarting::Canceled, true),
        (status("DRAFT"), NotStarting::Draft, true),
        (status("STARTED"), NotStarting::Started, false),
        (status("ENDED"), NotStarting::Ended, false),
        (status("POSTPONED"), NotStarting::UnknownStatus("POSTPONED".to_owned()), false),
    ] {
        let none = of(body).expect_err("does not start");
        assert_eq!(none, expected);
        assert_eq!(none.ends_earlier_reminders(), ends_earlier, "{none}");
    }
}

/// A delivery's text may be as long as the delivery, and a line of a log may not.
#[test]
fn a_text_of_a_delivery_is_shown_up_to_60_characters() {
    let status = |text: &str| NotStarting::UnknownStatus(text.to_owned()).to_string();
    let date = |text: &str| NotStarting::UnreadableStartDate(text.to_owned()).to_string();
    let sixty = "é".repeat(60);
    let long = sixty.clone() + &"x".repeat(100_000);
    assert_eq!(status(&sixty), format!("its status {sixty:?} is not known here"));
    assert_eq!(status(&long), format!("its status {sixty:?}… is not known here"));
    let expected = format!("its start date {sixty:?}… is no date-time of RFC 3339");
    assert_eq!(date(&long), expected);
    assert_eq!(date("a\nline"), r#"its start date "a\nline" is no date-time of RFC 3339"#);
}

use serde::Deserialize;
use trigger_core::webhook::{BodyError, Event, IdentityKind};

use crate::signer::{claims, token, webhooks};
use crate::{EventPublished, Status, delivery, published};

#[track_caller]
fn unfit(body: &str) -> String {
    published(body).body::<EventPublished>().expect_err("does not fit").to_string()
}

#[test]
fn a_value_that_wix_adds_later_is_read() {
    let event: EventPublished = published(r#"{"status":"POSTPONED"}"#).body().expect("reads");
    assert_eq!(event.status, Some(Status::Other("POSTPONED".to_owned())));
}

#[test]
fn what_is_missing_null_or_unknown_is_read() {
    for body in [
        "{}",
        "null",
        r#"{"status":null,"location":null,"tags":null,"seats":null}"#,
        r#"{"location":{"name":null,"locationTbd":null,"planet":"Mars"},"weather":[{"a":null}]}"#,
    ] {
        let event: EventPublished = published(body).body().expect("reads");
        assert_eq!(event, EventPublished::default(), "{body}");
    }
}

#[test]
fn an_event_without_a_body_has_an_empty_one() {
    for data in ["{}", r#"{"actionEvent":{}}"#, r#"{"actionEvent":{"body":null}}"#, "null", ""] {
        let event: EventPublished = delivery(data).body().expect("reads");
        assert_eq!(event, EventPublished::default(), "{data}");
    }
}

#[test]
fn what_is_missing_from_a_delivery_is_none() {
    let data = r#"{"id":null,"entityEventSequence":null,"triggeredByAnonymizeRequest":null}"#;
    for data in ["{}", data, r#"{"news":[1]}"#] {
        let delivery = delivery(data);
        assert_eq!((&delivery.event_id, &delivery.slug, delivery.sequence), (&None, &None, None));
        assert!(!delivery.triggered_by_anonymize_request);
    }
    let data = serde_json::json!({ "data": { "eventType": "a_type" }, "iss": ["news"] });
    let delivery = webhooks().verify(token(&data)).expect("verifies");
    assert_eq!((delivery.instance_id, delivery.identity), (None, None));
    let data = r#"{"eventType":"a_type","instanceId":"","identity":""}"#;
    let delivery = webhooks().verify(token(&serde_json::json!({ "data": data })));
    let delivery = delivery.expect("verifies");
    assert_eq!((delivery.instance_id, delivery.identity), (None, None));
}

/// Only what is named so is JSON in a string.
#[test]
fn a_body_that_is_a_text_stays_one() {
    assert_eq!(published(r#""{}""#).json(), "{}");
    assert_eq!(published(r#""a text""#).json(), "a text");
}

#[test]
fn an_identity_that_wix_adds_later_is_read() {
    let mut claims = claims("a_type", "{}");
    let identity = r#"{"identityType":"ROBOT","robotId":"a"}"#;
    let data = serde_json::json!({ "eventType": "a_type", "identity": identity });
    claims["data"] = data.to_string().into();
    let identity = webhooks().verify(token(&claims)).expect("verifies").identity.expect("one");
    assert_eq!((identity.kind, identity.id), (IdentityKind::Other("ROBOT".to_owned()), None));
}

#[test]
fn a_sequence_is_a_string_or_a_number() {
    for (written, read) in
        [("\"7\"", 7), ("7", 7), ("\"-1\"", -1), ("9007199254740993", 9_007_199_254_740_993)]
    {
        let delivery = delivery(&format!(r#"{{"entityEventSequence":{written}}}"#));
        assert_eq!(delivery.sequence, Some(read));
    }
}

#[derive(Debug, Deserialize)]
struct Other {}

impl Event for Other {
    const TYPE: &'static str = "another_type";
}

#[test]
fn the_body_of_another_event_is_not_read() {
    let error = published("{}").body::<Other>().expect_err("another type");
    let found = EventPublished::TYPE.to_owned();
    assert_eq!(error, BodyError::OtherType { expected: "another_type", found });
}

#[test]
fn what_does_not_fit_is_named_and_not_quoted() {
    assert_eq!(
        unfit(r#"{"location":{"locationTbd":"secret"}}"#),
        "the event's `location.locationTbd`: it is a string, and not a boolean",
    );
    assert_eq!(
        unfit(r#"{"tags":["a",5]}"#),
        "the event's `tags[1]`: it is an integer, and not a string"
    );
    assert_eq!(
        unfit(r#"{"tags":["a",null]}"#),
        "the event's `tags[1]`: it is null, and not a string"
    );
    assert_eq!(
        unfit(r#"{"seats":-5}"#),
        "the event's `seats`: it is an integer of another value, and not u32"
    );
    assert_eq!(unfit(r#"{"seats":0.5}"#), "the event's `seats`: it is a number, and not u32");
    assert_eq!(
        unfit(r#"{"status":["secret"]}"#),
        "the event's `status`: it cannot be read as its type"
    );
    assert_eq!(unfit("[5]"), "the event's `[0]`: it is an integer, and not a string");
    assert_eq!(
        unfit("\"\\\"secret\\\"\""),
        "the event: it is a string, and not struct EventPublished"
    );
}

/// serde's own kinds of enums and structs, through the reader.
#[derive(Debug, PartialEq, Deserialize)]
enum Shape {
    Unit,
    Newtype(u8),
    Tuple(i8, f64),
    Struct { a: Option<char> },
}

#[derive(Debug, PartialEq, Deserialize)]
struct Everything {
    shapes: Vec<Shape>,
    pair: (bool, String),
    wrapped: Wrapped,
    #[serde(flatten)]
    rest: std::collections::BTreeMap<String, i64>,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Wrapped(u64);

impl Event for Everything {
    const TYPE: &'static str = EventPublished::TYPE;
}

#[test]
fn any_type_of_serde_is_read() {
    let body = r#"{
        "shapes": ["Unit", {"Newtype": 1}, {"Tuple": [-1, 0.5]}, {"Struct": {"a": "x"}}, {"Struct": {}}],
        "pair": [true, "text"],
        "wrapped": 18446744073709551615,
        "nothing": null,
        "more": -9223372036854775808
    }"#;
    let expected = Everything {
        shapes: vec![
            Shape::Unit,
            Shape::Newtype(1),
            Shape::Tuple(-1, 0.5),
            Shape::Struct { a: Some('x') },
            Shape::Struct { a: None },
        ],
        pair: (true, "text".to_owned()),
        wrapped: Wrapped(u64::MAX),
        rest: [("more".to_owned(), i64::MIN)].into(),
    };
    assert_eq!(published(body).body::<Everything>(), Ok(expected));
    let unfit = |body: &str| published(body).body::<Everything>().unwrap_err().to_string();
    assert_eq!(unfit("{}"), "the event: it has no `shapes`");
    let unknown = unfit(r#"{"shapes":["secret"]}"#);
    assert_eq!(unknown, "the event's `shapes[0]`: it is none of Unit, Newtype, Tuple, Struct");
    let nested = unfit(r#"{"shapes":[{"Tuple":[1,"secret"]}]}"#);
    assert_eq!(nested, "the event's `shapes[0].Tuple[1]`: it is a string, and not f64");
}

//! Tokens that Wix's own SDK takes, beside what it makes of them.

use serde_json::Value;
use trigger_core::webhook::{Delivery, IdentityKind, Webhooks};

use crate::signer::webhooks;
use crate::{EventPublished, Status};

const RECORDED: &str = include_str!("../../../tests/sdk/webhooks.json");

fn recorded() -> Vec<Value> {
    let recorded: Value = serde_json::from_str(RECORDED).expect("JSON");
    recorded["webhooks"].as_array().expect("webhooks").clone()
}

fn verify(recorded: &Value) -> Delivery {
    webhooks().verify(recorded["token"].as_str().expect("a token")).expect("verifies")
}

fn named(name: &str) -> Delivery {
    let recorded = recorded();
    verify(recorded.iter().find(|it| it["name"] == name).unwrap_or_else(|| panic!("{name}")))
}

#[test]
fn a_delivery_says_what_the_sdk_makes_of_it() {
    for recorded in recorded() {
        let (delivery, sdk) = (verify(&recorded), &recorded["parsed"]);
        assert_eq!(delivery.event_type, sdk["eventType"]);
        assert_eq!(
            delivery.instance_id.map(|id| id.to_string()).as_deref(),
            sdk["instanceId"].as_str()
        );
        let event = &sdk["payload"];
        assert_eq!(delivery.event_id.as_deref(), event["id"].as_str());
        assert_eq!(delivery.entity_fqdn.as_deref(), event["entityFqdn"].as_str());
        assert_eq!(delivery.slug.as_deref(), event["slug"].as_str());
        assert_eq!(delivery.entity_id.as_deref(), event["entityId"].as_str());
        assert_eq!(delivery.time.as_deref(), event["eventTime"].as_str());
        let sequence = delivery.sequence.map(|number| number.to_string());
        assert_eq!(sequence.as_deref(), event["entityEventSequence"].as_str());
        let anonymized = event["triggeredByAnonymizeRequest"].as_bool().unwrap_or_default();
        assert_eq!(delivery.triggered_by_anonymize_request, anonymized);
        assert_eq!(delivery.originated_from, None);
    }
}

#[test]
fn both_spellings_of_a_body_are_one() {
    assert_eq!(named("an action").json(), named("an action in JSON").json());
    assert_eq!(named("an action").json()["status"], "STARTED");
    let created = named("an entity that was created");
    assert_eq!(created.json(), named("an entity that was created, in JSON").json());
    assert_eq!(created.json()["name"], "A thing");
}

#[test]
fn each_way_of_changing_has_its_body() {
    assert_eq!(named("an entity that was updated").json()["name"], "A thing");
    assert_eq!(named("an entity that was deleted, with its last state").json()["name"], "A thing");
    assert!(named("an entity that was deleted").json().is_null());
    assert_eq!(named("an app that was installed").json()["appId"], "an-app");
}

/// Its key `"eventId "` has a space at its end, so that it is not `eventId`.
#[test]
fn the_sample_of_the_reference_is_read() {
    let delivery = named("an action, as the reference prints it");
    let event: EventPublished = delivery.body().expect("reads");
    assert_eq!(event.event_id, None);
    assert_eq!(event.status, Some(Status::Started));
    assert_eq!(event.timestamp.as_deref(), Some("2023-07-13T09:40:00Z"));
    let derived_from = event.derived_from_event_id.as_deref();
    assert_eq!(derived_from, Some("178ef33c-d1db-4ed7-916e-e11455067755"));
    assert_eq!(delivery.entity_id.as_deref(), derived_from);
    assert_eq!(crate::delivery(crate::SAMPLE), delivery);
}

#[test]
fn each_kind_of_identity_has_its_id() {
    let identity = |name: &str| {
        let identity = named(name).identity.expect("an identity");
        (identity.kind, identity.id.expect("an id"))
    };
    assert_eq!(identity("an action"), (IdentityKind::App, "an-app".to_owned()));
    assert_eq!(identity("an action in JSON"), (IdentityKind::WixUser, "a-user".to_owned()));
    let member = (IdentityKind::Member, "a-member".to_owned());
    assert_eq!(identity("an entity that was created"), member);
    let visitor = (IdentityKind::AnonymousVisitor, "a-visitor".to_owned());
    assert_eq!(identity("an entity that was created, in JSON"), visitor);
    assert_eq!(named("an app that was installed").identity, None);
}

#[cfg(feature = "jiff")]
#[test]
fn the_time_is_a_timestamp() {
    let time = named("an action").timestamp().expect("a timestamp");
    assert_eq!(time.to_string(), "2026-03-02T09:00:00.000001Z");
}

#[test]
fn another_key_takes_none_of_them() {
    let webhooks = Webhooks::new(include_str!("keys/other.public.pem")).expect("a key");
    for recorded in recorded() {
        webhooks.verify(recorded["token"].as_str().expect("a token")).expect_err("refused");
    }
}

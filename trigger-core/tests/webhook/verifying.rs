use trigger_core::webhook::IdentityKind;
use uuid::Uuid;

use crate::signer::{claims, token, webhooks};

/// The sample of Wix's reference, byte for byte.
const SAMPLE: &str = include_str!("event_published.json");
const EVENT_PUBLISHED: &str = "wix.events.events.v3.event_published";

#[test]
fn a_signed_token_is_a_delivery() {
    let delivery = webhooks().verify(token(&claims(EVENT_PUBLISHED, SAMPLE))).expect("verifies");
    assert_eq!(delivery.event_type, EVENT_PUBLISHED);
    assert_eq!(delivery.instance_id, Some(Uuid::from_u128(0x4000_8000_0000_0000_b001)));
    assert_eq!(delivery.event_id.as_deref(), Some("0a1d9a4f-0586-49eb-84c2-dfecc82eabf2"));
    assert_eq!(delivery.entity_fqdn.as_deref(), Some("wix.events.events.v3.event"));
    assert_eq!(delivery.slug.as_deref(), Some("event_published"));
    assert_eq!(delivery.entity_id.as_deref(), Some("178ef33c-d1db-4ed7-916e-e11455067755"));
    assert_eq!(delivery.time.as_deref(), Some("2023-07-13T09:40:02.043090Z"));
    assert!(!delivery.triggered_by_anonymize_request);
    let identity = delivery.identity.expect("an identity");
    assert_eq!((identity.kind, identity.id.as_deref()), (IdentityKind::WixUser, Some("a-user")));
}

//! What Wix sends to an app.

mod arriving;
mod bodies;
mod dispatching;
#[cfg(feature = "axum")]
mod extracting;
mod keys;
mod memory;
mod never_panics;
mod refusals;
mod sdk;
mod signer;

use serde::Deserialize;
use trigger_core::webhook::{Delivery, Event, Handlers, Recent, Webhooks};

/// The sample of Wix's reference, byte for byte.
const SAMPLE: &str = include_str!("event_published.json");

/// An event of a site was published.
#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct EventPublished {
    timestamp: Option<String>,
    event_id: Option<String>,
    status: Option<Status>,
    derived_from_event_id: Option<String>,
    location: Location,
    tags: Vec<String>,
    seats: u32,
}

#[derive(Debug, PartialEq, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Started,
    #[serde(untagged)]
    Other(String),
}

#[derive(Debug, Default, PartialEq, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Location {
    name: Option<String>,
    location_tbd: bool,
}

impl Event for EventPublished {
    const TYPE: &'static str = "wix.events.events.v3.event_published";
}

/// A delivery of the event with this body.
fn published(body: &str) -> Delivery {
    let data = format!(r#"{{"id":"an-id","actionEvent":{{"body":{body}}}}}"#);
    delivery(&data)
}

fn delivery(data: &str) -> Delivery {
    let token = signer::token(&signer::claims(EventPublished::TYPE, data));
    signer::webhooks().verify(token).expect("verifies")
}

/// What may be kept anywhere.
#[test]
fn what_is_kept_is_shared_between_threads() {
    fn kept<T: Send + Sync + 'static>() {}
    kept::<Webhooks>();
    kept::<Handlers>();
    kept::<Recent>();
    kept::<Delivery>();
}

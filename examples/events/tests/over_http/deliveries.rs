//! What Wix would send.

use serde_json::{Value, json};
use uuid::{Uuid, uuid};

use crate::signer::{claims, token};

/// The site that the signer's deliveries are of, and the emulator's own.
pub(crate) const SITE: Uuid = uuid!("00000000-0000-4000-8000-00000000b001");
pub(crate) const OTHER_SITE: Uuid = uuid!("00000000-0000-4000-8000-00000000b002");
pub(crate) const EVENT: Uuid = uuid!("178ef33c-d1db-4ed7-916e-e11455067755");
pub(crate) const OTHER_EVENT: Uuid = uuid!("278ef33c-d1db-4ed7-916e-e11455067755");

pub(crate) const PUBLISHED: &str = "wix.events.events.v3.event_published";
pub(crate) const CANCELED: &str = "wix.events.events.v3.event_canceled";

pub(crate) const MARCH_20: &str = "2026-03-20T18:00:00Z";
pub(crate) const MARCH_27: &str = "2026-03-27T18:00:00Z";

/// A delivery, before it is signed.
pub(crate) struct Draft {
    event_type: &'static str,
    site: Uuid,
    envelope: Value,
    body: Value,
}

/// An event that starts then is published, in a delivery of its own.
pub(crate) fn published(starts_at: &str) -> Draft {
    let body = json!({
        "eventId": EVENT,
        "status": "UPCOMING",
        "title": "Life drawing",
        "dateAndTimeSettings": { "dateAndTimeTbd": false, "startDate": starts_at },
    });
    Draft::new(PUBLISHED, body)
}

pub(crate) fn canceled() -> Draft {
    Draft::new(CANCELED, json!({ "eventId": EVENT }))
}

impl Draft {
    pub(crate) fn new(event_type: &'static str, body: Value) -> Self {
        let envelope = json!({
            "id": Uuid::new_v4(),
            "entityFqdn": "wix.events.events.v3.event",
            "entityId": EVENT,
        });
        Self { event_type, site: SITE, envelope, body }
    }

    pub(crate) fn of(mut self, event: Uuid) -> Self {
        (self.envelope["entityId"], self.body["eventId"]) = (json!(event), json!(event));
        self
    }

    pub(crate) fn on(mut self, site: Uuid) -> Self {
        self.site = site;
        self
    }

    pub(crate) fn sequence(mut self, sequence: i64) -> Self {
        self.envelope["entityEventSequence"] = json!(sequence.to_string());
        self
    }

    pub(crate) fn envelope(mut self, name: &str, value: Value) -> Self {
        self.envelope[name] = value;
        self
    }

    pub(crate) fn body(mut self, name: &str, value: Value) -> Self {
        self.body[name] = value;
        self
    }

    pub(crate) fn claims(mut self) -> Value {
        self.envelope["actionEvent"] = json!({ "body": self.body });
        let mut claims = claims(self.event_type, &self.envelope.to_string());
        let data = claims["data"].as_str().unwrap_or_default();
        claims["data"] = json!(data.replace(&SITE.to_string(), &self.site.to_string()));
        claims
    }

    pub(crate) fn signed(self) -> String {
        token(&self.claims())
    }
}

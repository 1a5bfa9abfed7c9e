//! The webhooks that a test or a call has delivered, as Wix's reference has them.

mod identity;
mod signer;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::emulator::SITE;
use crate::http::{MAX_DEPTH, is_deeper};
pub use identity::Identity;
pub(crate) use signer::{PUBLIC_KEY, token, token_length};

/// The longest name or id, in characters.
const MAX_TEXT: usize = 200;

/// The longest token, in bytes: `trigger_core::webhook` reads no longer one.
const MAX_TOKEN: usize = 1 << 20;

/// What may have happened to an entity, with the names that its body goes by: as JSON, and as a
/// text of JSON.
const EVENTS: [(&str, [&str; 2]); 4] = [
    ("actionEvent", ["body", "bodyAsJson"]),
    ("createdEvent", ["entity", "entityAsJson"]),
    ("updatedEvent", ["currentEntity", "currentEntityAsJson"]),
    ("deletedEvent", ["deletedEntity", "deletedEntityAsJson"]),
];

/// An event for [`Emulator::deliver`](crate::Emulator::deliver) to tell the app: its type, what
/// happened to which entity, and the body that Wix's reference page of it has.
///
/// ```
/// use serde_json::json;
/// use trigger_emulator::{Identity, Webhook};
///
/// # let event_id = uuid::Uuid::nil();
/// let published = json!({ "eventId": event_id, "status": "PUBLISHED" });
/// let webhook = Webhook::action("wix.events.events.v3.event_published", &published)
///     .entity_id(event_id.to_string())
///     .sequence(7)
///     .identity(Identity::member("a-member"));
/// ```
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[must_use]
pub struct Webhook {
    event_type: String,
    #[serde(default = "its_site")]
    instance_id: Uuid,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    identity: Option<Identity>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity_fqdn: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    slug: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    entity_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    event_time: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    triggered_by_anonymize_request: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    originated_from: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "int64")]
    entity_event_sequence: Option<i64>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    action_event: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    created_event: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    updated_event: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    deleted_event: Option<Value>,
}

impl Webhook {
    fn new(event_type: impl Into<String>) -> Self {
        Self {
            event_type: event_type.into(),
            instance_id: SITE,
            identity: None,
            id: None,
            entity_fqdn: None,
            slug: None,
            entity_id: None,
            event_time: None,
            triggered_by_anonymize_request: None,
            originated_from: None,
            entity_event_sequence: None,
            action_event: None,
            created_event: None,
            updated_event: None,
            deleted_event: None,
        }
    }

    /// Something happened, of which the body tells.
    ///
    /// # Panics
    ///
    /// If the body cannot be written as JSON.
    #[track_caller]
    pub fn action(event_type: impl Into<String>, body: &impl Serialize) -> Self {
        let action_event = Some(json!({ "body": written(body) }));
        Self { action_event, ..Self::new(event_type) }
    }

    /// An entity was created, and this is it.
    ///
    /// # Panics
    ///
    /// If the entity cannot be written as JSON.
    #[track_caller]
    pub fn created(event_type: impl Into<String>, entity: &impl Serialize) -> Self {
        let created_event = Some(json!({ "entity": written(entity) }));
        Self { created_event, ..Self::new(event_type) }
    }

    /// An entity was updated, and is this now.
    ///
    /// # Panics
    ///
    /// If the entity cannot be written as JSON.
    #[track_caller]
    pub fn updated(event_type: impl Into<String>, entity: &impl Serialize) -> Self {
        let updated_event = Some(json!({ "currentEntity": written(entity) }));
        Self { updated_event, ..Self::new(event_type) }
    }

    /// An entity was deleted; Wix does not tell of all of them what they were.
    ///
    /// # Panics
    ///
    /// If the entity cannot be written as JSON.
    #[track_caller]
    pub fn deleted<E: Serialize>(event_type: impl Into<String>, entity: Option<&E>) -> Self {
        let deleted = entity.map(|entity| json!({ "deletedEntity": written(entity) }));
        let deleted_event = Some(deleted.unwrap_or_else(|| json!({})));
        Self { deleted_event, ..Self::new(event_type) }
    }

    /// The id of the event, by which the app knows it again; a new one for each delivery, without this.
    pub fn id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// The name of what kind of entity this is about; without this, what stands before the first `_` of
    /// the last part of the event's type, as `wix.contacts.v4.contact` of
    /// `wix.contacts.v4.contact_created`.
    pub fn entity_fqdn(mut self, name: impl Into<String>) -> Self {
        self.entity_fqdn = Some(name.into());
        self
    }

    /// What happened to the entity; without this, what follows the name of its kind in the event's
    /// type, as `created` in `wix.contacts.v4.contact_created`.
    pub fn slug(mut self, slug: impl Into<String>) -> Self {
        self.slug = Some(slug.into());
        self
    }

    /// The id of the entity.
    pub fn entity_id(mut self, id: impl Into<String>) -> Self {
        self.entity_id = Some(id.into());
        self
    }

    /// A number that grows with each event of the entity: one that is delivered after a greater one is
    /// late.
    pub fn sequence(mut self, number: i64) -> Self {
        self.entity_event_sequence = Some(number);
        self
    }

    /// When it happened; when it is delivered first, without this.
    pub fn event_time(mut self, at: Timestamp) -> Self {
        self.event_time = Some(at);
        self
    }

    /// The site on which it happened; without this, that of
    /// [`Emulator::instance`](crate::Emulator::instance).
    pub fn instance(mut self, id: Uuid) -> Self {
        self.instance_id = id;
        self
    }

    /// What made it happen.
    pub fn originated_from(mut self, name: impl Into<String>) -> Self {
        self.originated_from = Some(name.into());
        self
    }

    /// A law about privacy made it happen.
    pub fn triggered_by_anonymize_request(mut self) -> Self {
        self.triggered_by_anonymize_request = Some(true);
        self
    }

    /// Who made it happen; nobody is told, without this.
    pub fn identity(mut self, identity: Identity) -> Self {
        self.identity = Some(identity);
        self
    }
}

#[track_caller]
fn written(body: &impl Serialize) -> Value {
    match serde_json::to_value(body) {
        Ok(value) => value,
        Err(error) => panic!("the body of a webhook cannot be written as JSON: {error}"),
    }
}

fn its_site() -> Uuid {
    SITE
}

impl Webhook {
    pub(crate) fn event_type(&self) -> &str {
        &self.event_type
    }

    pub(crate) fn event_id(&self) -> &str {
        self.id.as_deref().unwrap_or_default()
    }

    pub(crate) fn instance_id(&self) -> Uuid {
        self.instance_id
    }

    /// Has all that Wix tells of an event, which is delivered first at this time: or what is wrong
    /// with it, and what to do.
    pub(crate) fn complete(mut self, now: Timestamp) -> Result<Self, String> {
        self.check_texts()?;
        self.check_event()?;
        self.event_time.get_or_insert(now);
        self.id.get_or_insert_with(|| Uuid::new_v4().to_string());
        self.triggered_by_anonymize_request.get_or_insert(false);
        let start = self.event_type.rfind('.').map_or(0, |dot| dot + 1);
        if let Some((entity, slug)) = self.event_type[start..].split_once('_')
            && !entity.is_empty()
            && !slug.is_empty()
        {
            self.entity_fqdn
                .get_or_insert_with(|| format!("{}{entity}", &self.event_type[..start]));
            self.slug.get_or_insert_with(|| slug.to_owned());
        }
        if token_length(&self.claims()) > MAX_TOKEN {
            return Err("the webhook is longer than 1 MB when it is signed; make its body shorter"
                .to_owned());
        }
        Ok(self)
    }

    fn check_texts(&self) -> Result<(), String> {
        let texts = [
            ("id", self.id.as_deref()),
            ("entityFqdn", self.entity_fqdn.as_deref()),
            ("slug", self.slug.as_deref()),
            ("entityId", self.entity_id.as_deref()),
            ("originatedFrom", self.originated_from.as_deref()),
            ("identity", self.identity.as_ref().map(Identity::id)),
            ("eventType", Some(&*self.event_type)),
        ];
        for (name, text) in texts {
            if text.is_some_and(|it| !(1..=MAX_TEXT).contains(&it.chars().count())) {
                return Err(format!("`{name}`: it has 1 to {MAX_TEXT} characters"));
            }
        }
        Ok(())
    }

    fn check_event(&self) -> Result<(), String> {
        let events =
            [&self.action_event, &self.created_event, &self.updated_event, &self.deleted_event];
        let mut happened =
            EVENTS.into_iter().zip(events).filter_map(|(it, event)| Some((it, event.as_ref()?)));
        let (Some(((name, bodies), event)), None) = (happened.next(), happened.next()) else {
            return Err("a webhook has one of `actionEvent`, `createdEvent`, `updatedEvent` and \
                        `deletedEvent`, such as `\"actionEvent\":{\"body\":{}}`"
                .to_owned());
        };
        let [plain, as_json] = bodies;
        let is_known =
            |event: &Map<String, Value>| event.keys().all(|it| bodies.contains(&it.as_str()));
        if !event.as_object().is_some_and(is_known) {
            return Err(format!(
                "`{name}`: it is an object with a `{plain}`, or a text of JSON as `{as_json}`"
            ));
        }
        if is_deeper(event, MAX_DEPTH) {
            return Err(format!(
                "`{name}`: it is nested at most {MAX_DEPTH} deep, so that a state can be read again"
            ));
        }
        Ok(())
    }

    /// What is signed: strings of JSON within a string of JSON.
    pub(crate) fn claims(&self) -> String {
        let Ok(Value::Object(mut event)) = serde_json::to_value(self) else { return String::new() };
        let mut envelope = Map::new();
        for name in ["eventType", "instanceId"] {
            envelope.extend(event.remove(name).map(|value| (name.to_owned(), value)));
        }
        let identity =
            event.remove("identity").map(|it| ("identity".to_owned(), json!(it.to_string())));
        envelope.extend(identity);
        envelope.insert("data".to_owned(), json!(Value::Object(event).to_string()));
        json!({ "data": Value::Object(envelope).to_string() }).to_string()
    }
}

/// An int64 of protobuf is a string in JSON; a number is read as well.
mod int64 {
    use serde::{Deserialize, Deserializer, Serializer};

    #[derive(Deserialize)]
    #[serde(untagged)]
    enum Written {
        Number(i64),
        Text(String),
    }

    #[expect(clippy::ref_option, reason = "serde asks it so")]
    pub(super) fn serialize<S: Serializer>(
        number: &Option<i64>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match number {
            Some(number) => serializer.collect_str(number),
            None => serializer.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<i64>, D::Error> {
        let number = match Option::<Written>::deserialize(deserializer) {
            Ok(None) => return Ok(None),
            Ok(Some(Written::Number(number))) => Some(number),
            Ok(Some(Written::Text(text))) => text.parse().ok(),
            Err(_) => None,
        };
        let words = "`entityEventSequence` is a whole number, or one in quotes";
        number.map(Some).ok_or_else(|| serde::de::Error::custom(words))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_claims_are_strings_within_a_string() {
        let webhook = Webhook::updated("wix.things.v1.thing_moved", &json!({ "to": "a \"b\"" }));
        let webhook = webhook.id("an-id").sequence(-7).identity(Identity::member("a-member"));
        let claims = webhook.complete(Timestamp::UNIX_EPOCH).expect("a webhook").claims();
        let read = |text: &Value| -> Value {
            serde_json::from_str(text.as_str().expect("a string")).expect("JSON")
        };
        let claims: Value = serde_json::from_str(&claims).expect("JSON");
        let envelope = read(&claims["data"]);
        let identity = json!({ "identityType": "MEMBER", "memberId": "a-member" });
        assert_eq!(read(&envelope["identity"]), identity);
        let event = json!({
            "id": "an-id",
            "entityFqdn": "wix.things.v1.thing",
            "slug": "moved",
            "eventTime": "1970-01-01T00:00:00Z",
            "triggeredByAnonymizeRequest": false,
            "entityEventSequence": "-7",
            "updatedEvent": { "currentEntity": { "to": "a \"b\"" } },
        });
        assert_eq!(read(&envelope["data"]), event);
        let whole = json!({
            "eventType": "wix.things.v1.thing_moved",
            "instanceId": "00000000-0000-0000-0000-00000000b001",
            "identity": envelope["identity"],
            "data": envelope["data"],
        });
        assert_eq!(envelope, whole);
        assert_eq!(claims, json!({ "data": claims["data"] }));
    }
}

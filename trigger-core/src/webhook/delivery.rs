use std::fmt;

use serde_json::Value;
use uuid::Uuid;

use super::arrivals::Mark;
use super::body::{BodyError, Event};
use super::error::{Malformed, Problem};
use super::json::{self, Members};

/// Where the body of an event may stand: what happened, and the names of it.
const PLACES: [(&str, [&str; 2]); 4] = [
    ("createdEvent", ["entity", "entityAsJson"]),
    ("updatedEvent", ["currentEntity", "currentEntityAsJson"]),
    ("deletedEvent", ["deletedEntity", "deletedEntityAsJson"]),
    ("actionEvent", ["body", "bodyAsJson"]),
];

/// A webhook that Wix sent to the app, verified and unpacked.
///
/// What Wix leaves out, or sends as `null`, is `None`. Older webhooks, such as `AppInstalled`, have
/// a type, an instance id and a body, and nothing else.
///
/// Its `Debug` leaves the body out.
///
/// ```
/// use serde::Deserialize;
/// use trigger_core::webhook::{BodyError, Delivery, Event};
///
/// #[derive(Deserialize)]
/// #[serde(rename_all = "camelCase", default)]
/// # #[derive(Default)]
/// struct EventPublished {
///     event_id: Option<String>,
///     status: Option<String>,
/// }
///
/// impl Event for EventPublished {
///     const TYPE: &'static str = "wix.events.events.v3.event_published";
/// }
///
/// fn published(delivery: &Delivery) -> Result<(), BodyError> {
///     let event: EventPublished = delivery.body()?;
///     println!("{:?} is {:?} on {:?}", delivery.entity_id, event.status, delivery.instance_id);
///     Ok(())
/// }
/// ```
#[derive(Clone, PartialEq)]
#[non_exhaustive]
pub struct Delivery {
    /// The type of the event, such as `wix.contacts.v4.contact_merged`.
    pub event_type: String,
    /// The app's instance: what tells the site on which this happened.
    pub instance_id: Option<Uuid>,
    /// The id of the event, the same each time that Wix sends it.
    pub event_id: Option<String>,
    /// The name of what kind of entity this is about, such as `wix.contacts.v4.contact`.
    pub entity_fqdn: Option<String>,
    /// What happened to the entity, such as `created`.
    pub slug: Option<String>,
    /// The id of the entity.
    pub entity_id: Option<String>,
    /// When it happened, as Wix writes it: a date-time of RFC 3339, in UTC.
    pub time: Option<String>,
    /// A number that grows with each event of the entity.
    pub sequence: Option<i64>,
    /// What made this happen, where Wix tells it.
    pub originated_from: Option<String>,
    /// Whether a law about privacy made this happen.
    pub triggered_by_anonymize_request: bool,
    /// Who made this happen.
    pub identity: Option<Identity>,
    /// The number of a later event of the same entity that was handled before this one, where
    /// [`Handlers::once`](super::Handlers::once) asks a store that knows.
    pub overtaken_by: Option<i64>,
    /// The event, with its body unpacked.
    data: Value,
    /// Where the body stands in it; without that, it is the body.
    place: Option<[&'static str; 2]>,
}

impl Delivery {
    /// Unpacks the claim `data`.
    pub(super) fn unpack(data: Value) -> Result<Self, Malformed> {
        if data.is_null() {
            return Err(Malformed::new("`data`", Problem::Missing));
        }
        let envelope = json::unpacked(data, "`data`")?;
        let envelope = Members::new(&envelope, "data")?;
        let inner = |name: &str| envelope.get(name).cloned().unwrap_or_default();
        let identity = json::unpacked(inner("identity"), "`data.identity`")?;
        let mut data = json::unpacked(inner("data"), "`data.data`")?;
        let place = unpack_body(&mut data)?;
        let event = Members::new(if data.is_object() { &data } else { &Value::Null }, "data.data")?;
        Ok(Self {
            event_type: envelope.text("eventType")?.ok_or_else(no_type)?,
            instance_id: instance_id(envelope)?,
            event_id: event.text("id")?,
            entity_fqdn: event.text("entityFqdn")?,
            slug: event.text("slug")?,
            entity_id: event.text("entityId")?,
            time: event.text("eventTime")?,
            sequence: event.integer("entityEventSequence")?,
            originated_from: event.text("originatedFrom")?,
            triggered_by_anonymize_request: event.boolean("triggeredByAnonymizeRequest")?,
            identity: Identity::read(&identity)?,
            overtaken_by: None,
            data,
            place,
        })
    }

    /// The body of the event: what was created, what an entity is now, or what an action tells.
    ///
    /// What Wix leaves out, sends as `null` or adds later is no error for a type whose fields have
    /// defaults; one that is deleted without a last state has the body `{}`.
    ///
    /// # Errors
    ///
    /// [`BodyError`] if the event has another type, or its body does not fit `E`.
    pub fn body<E: Event>(&self) -> Result<E, BodyError> {
        if self.event_type != E::TYPE {
            return Err(BodyError::OtherType { expected: E::TYPE, found: self.event_type.clone() });
        }
        super::body::read(self.json())
    }

    /// The body as it came, whatever the type of the event.
    #[must_use]
    pub fn json(&self) -> &Value {
        match self.place {
            Some([event, body]) => &self.data[event][body],
            None => &self.data,
        }
    }

    /// What tells it from all other deliveries, to know it when it comes again.
    #[must_use]
    pub fn mark(&self) -> Mark {
        let entity = self.entity_id.as_ref().map(|id| {
            let instance = self.instance_id.unwrap_or_default();
            format!("{instance}/{}/{id}", self.entity_fqdn.as_deref().unwrap_or_default())
        });
        Mark { event_id: self.event_id.clone(), entity, sequence: self.sequence }
    }

    /// When it happened; `None` if Wix does not say, or not in a way that can be read.
    #[cfg(feature = "jiff")]
    #[must_use]
    pub fn timestamp(&self) -> Option<jiff::Timestamp> {
        self.time.as_deref()?.parse().ok()
    }
}

impl fmt::Debug for Delivery {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Delivery")
            .field("event_type", &self.event_type)
            .field("instance_id", &self.instance_id)
            .field("event_id", &self.event_id)
            .field("entity_id", &self.entity_id)
            .field("sequence", &self.sequence)
            .finish_non_exhaustive()
    }
}

fn no_type() -> Malformed {
    Malformed::new("`data.eventType`", Problem::Missing)
}

fn instance_id(envelope: Members<'_>) -> Result<Option<Uuid>, Malformed> {
    let text = envelope.text("instanceId")?.unwrap_or_default();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| envelope.not("instanceId", "UUID"))
}

/// Unpacks the body where it stands, and says where that is.
fn unpack_body(data: &mut Value) -> Result<Option<[&'static str; 2]>, Malformed> {
    for (event, names) in PLACES {
        let Some(happened) = data.get_mut(event).filter(|happened| !happened.is_null()) else {
            continue;
        };
        // Two spellings: the documentation prints one where the SDK reads the other.
        let [plain, as_json] = names;
        if happened.get(plain).is_some_and(|body| !body.is_null()) {
            return Ok(Some([event, plain]));
        }
        if let Some(body) = happened.get_mut(as_json) {
            *body = json::unpacked(body.take(), &format!("`data.data.{event}.{as_json}`"))?;
        }
        return Ok(Some([event, as_json]));
    }
    Ok(None)
}

/// Who made something happen.
///
/// ```
/// use trigger_core::webhook::{Delivery, IdentityKind};
///
/// fn is_ours(delivery: &Delivery, app_id: &str) -> bool {
///     delivery.identity.as_ref().is_some_and(|identity| {
///         identity.kind == IdentityKind::App && identity.id.as_deref() == Some(app_id)
///     })
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// What kind of somebody it was.
    pub kind: IdentityKind,
    /// Their id.
    pub id: Option<String>,
}

/// What kind of somebody made something happen.
///
/// ```
/// use trigger_core::webhook::IdentityKind;
///
/// fn is_a_person(kind: &IdentityKind) -> bool {
///     !matches!(kind, IdentityKind::App | IdentityKind::Other(_))
/// }
/// # assert!(is_a_person(&IdentityKind::Member));
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum IdentityKind {
    /// A visitor of the site who has not logged in.
    AnonymousVisitor,
    /// A visitor of the site who has logged in.
    Member,
    /// Somebody who works on the site: its owner, a contributor.
    WixUser,
    /// An app.
    App,
    /// What Wix has added since, `UNKNOWN`, or nothing at all.
    Other(String),
}

impl Identity {
    fn read(identity: &Value) -> Result<Option<Self>, Malformed> {
        if identity.is_null() {
            return Ok(None);
        }
        let identity = Members::new(identity, "data.identity")?;
        let (kind, id) = match identity.text("identityType")?.unwrap_or_default() {
            kind if kind == "ANONYMOUS_VISITOR" => {
                (IdentityKind::AnonymousVisitor, "anonymousVisitorId")
            }
            kind if kind == "MEMBER" => (IdentityKind::Member, "memberId"),
            kind if kind == "WIX_USER" => (IdentityKind::WixUser, "wixUserId"),
            kind if kind == "APP" => (IdentityKind::App, "appId"),
            kind => return Ok(Some(Self { kind: IdentityKind::Other(kind), id: None })),
        };
        Ok(Some(Self { kind, id: identity.text(id)? }))
    }
}

//! Webhooks: what is delivered to the app, and what the app verifies that with.

use axum::extract::State as Shares;
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};

use super::control::Asked;
use super::wix::Failure;
use super::{Answer, Body};
use crate::delivery::{self, Refused};
use crate::local::LocalUrl;
use crate::webhook::{PUBLIC_KEY, Webhook};

const EXAMPLE: &str = "such as {\"eventType\":\"wix.events.events.v3.event_published\",\
                       \"actionEvent\":{\"body\":{}},\"to\":\"http://127.0.0.1:3000/webhook\"}, or \
                       {\"again\":\"…\"} with the id of an event";

pub(super) async fn deliveries(Shares(shared): Asked) -> Answer {
    Answer::from(Ok(json!(shared.act(|state| delivery::all(&state.engine)))))
}

pub(super) async fn public_key() -> Response {
    ([("content-type", "text/plain")], PUBLIC_KEY).into_response()
}

pub(super) async fn deliver(Shares(shared): Asked, body: Body) -> Answer {
    Answer::from(super::read(body).and_then(|body| {
        let asked = AskedDelivery::read(&body);
        let AskedDelivery { to, event } =
            asked.map_err(|words| Failure::plain(400, &format!("{words}; {EXAMPLE}")))?;
        let delivered = shared.act(|state| match event {
            Event::New(webhook) => state.deliver(*webhook, to),
            Event::Again(id) => state.deliver_again(&id, to),
        });
        let refused = |refused: Refused| {
            let status = if matches!(refused, Refused::Unknown(_)) { 404 } else { 400 };
            Failure::plain(status, &refused.to_string())
        };
        delivered.map(|delivery| json!(delivery)).map_err(refused)
    }))
}

/// What is to be delivered.
struct AskedDelivery {
    to: Option<LocalUrl>,
    event: Event,
}

enum Event {
    New(Box<Webhook>),
    /// The one of this id, which was delivered before.
    Again(String),
}

impl AskedDelivery {
    fn read(body: &[u8]) -> Result<Self, String> {
        let read = serde_json::from_slice::<Map<String, Value>>(body);
        let mut asked = read.map_err(|error| format!("this is no JSON object: {error}"))?;
        let to = text(&mut asked, "to")?.map(|to| to.parse()).transpose();
        let to = to.map_err(|error| Refused::Address(error).to_string())?;
        let event = match text(&mut asked, "again")? {
            Some(id) if asked.is_empty() => Event::Again(id),
            Some(_) => return Err(
                "`again`: what is delivered again is as it was; it has nothing beside it but `to`"
                    .to_owned(),
            ),
            None => Event::New(Box::new(webhook(asked)?)),
        };
        Ok(Self { to, event })
    }
}

/// What these members say; a mistake is told with the member that it is in, which serde does not tell.
fn webhook(members: Map<String, Value>) -> Result<Webhook, String> {
    let error = match serde_json::from_value(Value::Object(members.clone())) {
        Ok(webhook) => return Ok(webhook),
        Err(error) => error,
    };
    for (name, value) in members {
        let alone = [("eventType".to_owned(), json!("an.event")), (name.clone(), value)];
        let alone = Value::Object(Map::from_iter(alone));
        if let Err(error) = serde_json::from_value::<Webhook>(alone) {
            return Err(format!("`{name}`: {error}"));
        }
    }
    Err(error.to_string())
}

/// Takes a member that is a text, if it is there.
fn text(asked: &mut Map<String, Value>, name: &str) -> Result<Option<String>, String> {
    match asked.remove(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(format!("`{name}`: it is a text")),
    }
}

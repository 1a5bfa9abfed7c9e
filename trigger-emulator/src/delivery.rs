//! What became of the webhooks that were delivered, as a test and a call see it.

use jiff::Timestamp;
use serde::Serialize;
use uuid::Uuid;

use crate::engine::{self, Engine, Outcome, Sending};
use crate::local::{LocalUrl, LocalUrlError};
use crate::state::State;
use crate::webhook::Webhook;
use crate::words::quoted;

/// A webhook on its way to the app, or one that was: see
/// [`Emulator::deliveries`](crate::Emulator::deliveries).
///
/// ```
/// use trigger_emulator::{Delivery, DeliveryState};
///
/// fn given_up(deliveries: &[Delivery]) -> Vec<&str> {
///     let given_up = deliveries.iter().filter(|it| it.state == DeliveryState::GivenUp);
///     given_up.map(|it| it.event_id.as_str()).collect()
/// }
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Delivery {
    /// The id of the event: the same in each delivery of it.
    pub event_id: String,
    /// The type of the event, such as `wix.contacts.v4.contact_created`.
    pub event_type: String,
    /// The app's instance.
    pub instance_id: Uuid,
    /// The address that it goes to.
    pub to: String,
    /// What became of it until now.
    pub state: DeliveryState,
    /// When it is tried again, if it waits for that.
    pub next: Option<Timestamp>,
    /// The attempts that are over.
    pub attempts: Vec<Attempt>,
}

/// An attempt to deliver a webhook that is over.
///
/// ```
/// use trigger_emulator::Attempt;
///
/// fn words(attempt: &Attempt) -> String {
///     match attempt.status {
///         Some(status) => format!("{}: answered with {status}", attempt.at),
///         None => format!("{}: not answered", attempt.at),
///     }
/// }
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Attempt {
    /// When its end was booked.
    pub at: Timestamp,
    /// What it was answered with: only 200 is success. `None` if there was no connection, or no answer
    /// within 1250 ms.
    pub status: Option<u16>,
}

/// What became of a [`Delivery`].
///
/// ```
/// use trigger_emulator::DeliveryState;
///
/// fn is_over(state: DeliveryState) -> bool {
///     matches!(state, DeliveryState::Taken | DeliveryState::GivenUp)
/// }
/// # assert!(!is_over(DeliveryState::Waiting));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[non_exhaustive]
pub enum DeliveryState {
    /// An attempt is not answered yet.
    UnderWay,
    /// The last attempt failed, and the clock is to be turned before the next one.
    Waiting,
    /// The app answered with 200.
    Taken,
    /// All thirteen attempts failed.
    GivenUp,
}

/// Why nothing is delivered.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error(
        "nobody said where webhooks go to: give `to` with the call, `to` in `[webhooks]` of the \
         configuration, or `send_webhooks_to` in a test"
    )]
    NoAddress,
    #[error("`to`: {0}")]
    Address(#[from] LocalUrlError),
    #[error(
        "`to`: only the configuration may say where webhooks go to while the emulator listens beyond \
         this machine; write it into `[webhooks]`"
    )]
    Elsewhere,
    #[error(
        "no event was delivered with the id {0}; `GET /_emulator/webhooks` lists all that are known"
    )]
    Unknown(String),
    #[error("{0}")]
    Webhook(String),
}

impl State {
    /// Delivers a webhook to this address, or to the one that was said for all.
    pub(crate) fn deliver(
        &mut self,
        webhook: Webhook,
        to: Option<LocalUrl>,
    ) -> Result<Delivery, Refused> {
        let webhook = webhook.complete(self.engine.now()).map_err(Refused::Webhook)?;
        self.deliver_complete(webhook, to)
    }

    /// Delivers once more what was delivered with this id last.
    pub(crate) fn deliver_again(
        &mut self,
        event_id: &str,
        to: Option<LocalUrl>,
    ) -> Result<Delivery, Refused> {
        let mut before = self.engine.deliveries().iter().rev();
        let Some(before) = before.find(|it| it.webhook.event_id() == event_id) else {
            let shown = quoted(event_id).unwrap_or_else(|| "that was asked for".to_owned());
            return Err(Refused::Unknown(shown));
        };
        let webhook = before.webhook.clone();
        self.deliver_complete(webhook, to)
    }

    fn deliver_complete(
        &mut self,
        webhook: Webhook,
        to: Option<LocalUrl>,
    ) -> Result<Delivery, Refused> {
        // Whoever calls from elsewhere is not to reach this machine's own servers.
        if to.is_some() && self.is_reached_from_elsewhere {
            return Err(Refused::Elsewhere);
        }
        let to = to.or_else(|| self.webhooks_to.clone()).ok_or(Refused::NoAddress)?;
        let index = self.engine.deliver(webhook, to);
        Ok(Delivery::of(&self.engine.deliveries()[index]))
    }
}

pub(crate) fn all(engine: &Engine) -> Vec<Delivery> {
    engine.deliveries().iter().map(Delivery::of).collect()
}

impl Delivery {
    pub(crate) fn of(delivery: &engine::Delivery) -> Self {
        let next = delivery.sending.as_ref().and_then(Sending::due);
        let state = match &delivery.sending {
            Some(_) if next.is_some() => DeliveryState::Waiting,
            Some(_) => DeliveryState::UnderWay,
            None if delivery.is_taken() => DeliveryState::Taken,
            None => DeliveryState::GivenUp,
        };
        Self {
            event_id: delivery.webhook.event_id().to_owned(),
            event_type: delivery.webhook.event_type().to_owned(),
            instance_id: delivery.webhook.instance_id(),
            to: delivery.to.to_string(),
            state,
            next,
            attempts: delivery.attempts.iter().map(|it| Attempt::of(*it)).collect(),
        }
    }
}

impl Attempt {
    fn of((at, outcome): (Timestamp, Outcome)) -> Self {
        let status = match outcome {
            Outcome::Answered(status) => Some(status),
            Outcome::Unanswered => None,
        };
        Self { at, status }
    }
}

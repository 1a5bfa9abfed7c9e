//! Deliveries of webhooks to the app.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::letter::{Content, Letter, Outcome, Sending, Subject};
use super::{Command, Effect, Engine};
use crate::local::LocalUrl;
use crate::webhook::Webhook;

/// The place of a delivery in the engine's list.
pub(crate) type DeliveryIndex = usize;

/// A webhook that is, or was, delivered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Delivery {
    /// It tells the delivery from all others, those that are forgotten included.
    pub(super) number: u64,
    pub(crate) at: Timestamp,
    pub(crate) to: LocalUrl,
    pub(crate) webhook: Webhook,
    /// What became of each attempt that is over, and when.
    pub(crate) attempts: Vec<(Timestamp, Outcome)>,
    /// While it is not over.
    pub(crate) sending: Option<Sending>,
}

impl Delivery {
    /// Whether the app took it.
    pub(crate) fn is_taken(&self) -> bool {
        self.attempts.iter().any(|(_, outcome)| is_taken(*outcome))
    }

    /// Whether it was tried often enough.
    pub(crate) fn is_given_up(&self) -> bool {
        self.sending.is_none() && !self.is_taken()
    }

    pub(super) fn is_under_way(&self) -> bool {
        self.sending.as_ref().is_some_and(|it| it.due.is_none())
    }

    /// Whether its attempts are those of something that was sent so often, and no other history's.
    pub(super) fn fits(&self) -> bool {
        let over = self.attempts.len();
        match &self.sending {
            Some(sending) => {
                let awaited = usize::from(sending.due.is_none());
                sending.fits() && !self.is_taken() && sending.attempts == over + awaited
            }
            None => over > 0,
        }
    }
}

/// Wix takes no other status for success.
fn is_taken(outcome: Outcome) -> bool {
    outcome == Outcome::Answered(200)
}

impl Engine {
    pub(crate) fn deliveries(&self) -> &[Delivery] {
        &self.deliveries
    }

    /// Delivers a webhook, until the app takes it or it was tried often enough.
    pub(crate) fn deliver(&mut self, webhook: Webhook, to: LocalUrl) -> DeliveryIndex {
        self.record(|| Command::Deliver(Box::new(webhook.clone()), to.clone()));
        let (index, number) = (self.deliveries.len(), self.next_delivery);
        self.next_delivery += 1;
        let sending = Some(Sending::new());
        let (at, attempts) = (self.now, Vec::new());
        self.deliveries.push(Delivery { number, at, to, webhook, attempts, sending });
        self.log.push(Effect::Delivers(index));
        self.send(Subject::Delivery(number));
        index
    }

    pub(super) fn open_delivery(&self, number: u64) -> Option<Letter> {
        let delivery = &self.deliveries[self.delivery_of(number)?];
        let attempt = delivery.sending.as_ref()?.attempts;
        let content = Content::Webhook { claims: delivery.webhook.claims() };
        Some(Letter { attempt, to: delivery.to.clone(), content })
    }

    /// The place of the delivery of this number.
    pub(super) fn delivery_of(&self, number: u64) -> Option<DeliveryIndex> {
        self.deliveries.binary_search_by_key(&number, |it| it.number).ok()
    }

    /// Books what became of a delivery that is under way.
    pub(super) fn book_delivery(&mut self, number: u64, outcome: Outcome) {
        let Some(index) = self.delivery_of(number) else { return };
        let sending = self.deliveries[index].sending.take_if(|it| it.due.is_none());
        let Some(sending) = sending else { return };
        self.record(|| Command::Delivered(number, outcome));
        let attempts = &mut self.deliveries[index].attempts;
        self.log.push(Effect::Delivered(index, attempts.len()));
        attempts.push((self.now, outcome));
        if let Some(at) = sending.retry_at(self.now).filter(|_| !is_taken(outcome)) {
            let due = Some(self.send_at(at, Subject::Delivery(number)));
            self.deliveries[index].sending = Some(Sending { due, ..sending });
        }
    }
}

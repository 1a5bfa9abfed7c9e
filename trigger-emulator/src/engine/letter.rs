//! What is sent until it is taken: the engine writes letters, and is told what became of them.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{Due, Engine};
use crate::local::LocalUrl;

/// How long after a failure one tries again. These are the times of Wix's webhooks; what its own
/// actions do is not public.
const RETRIES: [SignedDuration; 12] = {
    const fn minutes(minutes: i64) -> SignedDuration {
        SignedDuration::from_mins(minutes)
    }
    [
        minutes(1),
        minutes(10),
        minutes(60),
        minutes(120),
        minutes(120),
        minutes(120),
        minutes(240),
        minutes(240),
        minutes(240),
        minutes(480),
        minutes(480),
        minutes(720),
    ]
};

/// How often something is tried at most.
const MOST_ATTEMPTS: usize = RETRIES.len() + 1;

/// Something that is under way, or waits to be tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Sending {
    /// How often it was tried, now included.
    pub(super) attempts: usize,
    /// Its place in the queue, while it waits.
    pub(super) due: Option<(Timestamp, u64)>,
    /// The number of its letter, while that is under way. No state has it: whoever loads one writes
    /// another letter.
    #[serde(skip)]
    pub(super) letter: u64,
}

/// What a letter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Subject {
    /// What an activation posts at this step of its automation.
    Post(Uuid, usize),
    /// The delivery of this number.
    Delivery(u64),
}

/// A letter that was written: the answer to another one is none to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LetterId {
    pub(super) subject: Subject,
    number: u64,
}

/// What is to be sent now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Letter {
    pub(crate) attempt: usize,
    pub(crate) to: LocalUrl,
    pub(crate) content: Content,
}

/// What a letter says.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Content {
    /// The payload of an event, which an action posts.
    Payload { activation: Uuid, trigger_key: String, payload: Box<str> },
    /// The claims of a webhook, which are to be signed.
    Webhook { claims: String },
}

/// What became of a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) enum Outcome {
    /// It was answered with this status.
    Answered(u16),
    /// There was no connection, or no answer in time.
    Unanswered,
}

impl Sending {
    /// What was not tried yet.
    pub(super) fn new() -> Self {
        Self { attempts: 0, due: None, letter: 0 }
    }

    /// When it is tried again, if it waits for that.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due.map(|(at, _)| at)
    }

    /// Whether something can have been tried so often, and still be tried.
    pub(super) fn fits(&self) -> bool {
        let most = if self.due.is_some() { RETRIES.len() } else { MOST_ATTEMPTS };
        (1..=most).contains(&self.attempts)
    }

    /// When it is to be tried again after it failed now; not at all, if that was often enough.
    pub(super) fn retry_at(&self, now: Timestamp) -> Option<Timestamp> {
        now.checked_add(*RETRIES.get(self.attempts.checked_sub(1)?)?).ok()
    }
}

impl Engine {
    /// What is to be sent since this was last asked.
    pub(crate) fn take_letters(&mut self) -> Vec<LetterId> {
        std::mem::take(&mut self.letters)
    }

    pub(crate) fn count_letters(&self) -> usize {
        self.letters.len()
    }

    /// What a letter says, which goes now. Nothing, if nobody waits for it any more: its event was
    /// canceled, or all is forgotten, since it was written.
    pub(crate) fn open(&mut self, id: LetterId) -> Option<Letter> {
        if !self.is_awaited(id) {
            return None;
        }
        match id.subject {
            Subject::Post(activation, step) => self.open_post(activation, step),
            Subject::Delivery(number) => self.open_delivery(number),
        }
    }

    /// Tells what became of a letter. One that nobody waits for any more changes nothing.
    pub(crate) fn answered(&mut self, id: LetterId, outcome: Outcome) {
        if self.is_awaited(id) {
            match id.subject {
                Subject::Post(activation, step) => self.book_post(activation, step, outcome),
                Subject::Delivery(number) => self.book_delivery(number, outcome),
            }
        }
    }

    /// Whether somebody waits for the answer to this letter.
    pub(super) fn is_awaited(&mut self, id: LetterId) -> bool {
        let sending = self.sending(id.subject);
        sending.is_some_and(|it| it.due.is_none() && it.letter == id.number)
    }

    fn sending(&mut self, subject: Subject) -> Option<&mut Sending> {
        match subject {
            Subject::Post(activation, step) => {
                let index = self.activation_of(activation)?;
                let mut posts = self.activations[index].posts.iter_mut();
                posts.find(|it| it.step == step).map(|it| &mut it.sending)
            }
            Subject::Delivery(number) => {
                let index = self.delivery_of(number)?;
                self.deliveries[index].sending.as_mut()
            }
        }
    }

    /// Writes a letter about something that is tried now.
    pub(super) fn send(&mut self, subject: Subject) {
        if let Some(sending) = self.sending(subject) {
            sending.attempts += 1;
            sending.due = None;
            self.write(subject);
        }
    }

    fn write(&mut self, subject: Subject) {
        let number = self.written;
        if let Some(sending) = self.sending(subject) {
            sending.letter = number;
            self.written += 1;
            self.letters.push(LetterId { subject, number });
        }
    }

    /// Has something sent again at this time: its place in the queue.
    pub(super) fn send_at(&mut self, at: Timestamp, subject: Subject) -> (Timestamp, u64) {
        self.enqueue(at, Due::Send(subject))
    }

    /// Has what is under way sent once more, where it is not known what became of it.
    pub(crate) fn resume_letters(&mut self) {
        let posts = self.activations.iter().flat_map(|activation| {
            let posts = activation.posts.iter().filter(|it| it.sending.due.is_none());
            posts.map(|post| Subject::Post(activation.id, post.step))
        });
        let deliveries = self.deliveries.iter().filter(|it| it.is_under_way());
        let deliveries = deliveries.map(|it| Subject::Delivery(it.number));
        let under_way: Vec<_> = posts.chain(deliveries).collect();
        for subject in under_way {
            self.write(subject);
        }
    }
}

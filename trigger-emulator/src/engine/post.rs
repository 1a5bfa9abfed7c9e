//! Actions that post their event's payload: the engine says what is to be sent, and is told what
//! became of it.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{ActivationIndex, Command, Due, Engine, Moment, Step};
use crate::local::LocalUrl;

/// How long after a failure one tries again. What Wix's own actions do is not public; these are the
/// times of its webhooks.
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

/// How often a post is tried at most.
pub(super) const MOST_ATTEMPTS: usize = RETRIES.len() + 1;

/// An action's post that is under way, or waits to be tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub(crate) struct Post {
    /// The automation's step.
    pub(crate) step: usize,
    /// How often it was tried, now included.
    pub(super) attempts: usize,
    /// Its place in the queue, while it waits.
    pub(super) due: Option<(Timestamp, u64)>,
    /// Its event was canceled: it is not tried again.
    pub(super) is_last: bool,
    /// The number of its letter, while that is under way. No state has it: whoever loads one writes
    /// another letter.
    #[serde(skip)]
    pub(super) letter: u64,
}

/// A letter that was written: the answer to another one is none to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct LetterId {
    activation: Uuid,
    /// The automation's step.
    step: usize,
    number: u64,
}

/// What is to be posted now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Letter {
    pub(crate) activation: Uuid,
    pub(crate) attempt: usize,
    pub(crate) to: LocalUrl,
    pub(crate) trigger_key: String,
    pub(crate) payload: Box<str>,
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

impl LetterId {
    /// What it is about: another letter about the same has another number.
    #[cfg(test)]
    pub(super) fn subject(self) -> (Uuid, usize) {
        (self.activation, self.step)
    }
}

impl Post {
    /// When it is tried again, if it waits for that.
    pub(crate) fn due(&self) -> Option<Timestamp> {
        self.due.map(|(at, _)| at)
    }
}

impl Outcome {
    fn is_success(self) -> bool {
        matches!(self, Self::Answered(200..=299))
    }
}

impl Engine {
    /// What is to be posted since this was last asked.
    pub(crate) fn take_letters(&mut self) -> Vec<LetterId> {
        std::mem::take(&mut self.letters)
    }

    pub(crate) fn count_letters(&self) -> usize {
        self.letters.len()
    }

    /// What a letter says, which goes now. Nothing, if nobody waits for it any more: its event was
    /// canceled, or all is forgotten, since it was written.
    pub(crate) fn open(&mut self, id: LetterId) -> Option<Letter> {
        let post = self.post_of(id)?;
        if post.is_last {
            self.withdraw(id.activation, id.step);
            return None;
        }
        let attempt = post.attempts;
        let activation = &self.activations[self.index_of(id.activation)?];
        let action = match self.automations[activation.automation].steps.get(id.step)? {
            Step::Action(action) => action,
            Step::Delay(_) => return None,
        };
        let event = &self.events[activation.event];
        Some(Letter {
            activation: id.activation,
            attempt,
            to: action.post.clone()?,
            trigger_key: self.triggers[event.trigger].key().to_owned(),
            payload: event.payload.clone(),
        })
    }

    /// Tells what became of a letter. One that nobody waits for any more changes nothing.
    pub(crate) fn posted(&mut self, id: LetterId, outcome: Outcome) {
        if self.post_of(id).is_some() {
            self.book(id.activation, id.step, outcome);
        }
    }

    /// Whether somebody waits for the answer to this letter.
    #[cfg(test)]
    pub(super) fn is_awaited(&self, id: LetterId) -> bool {
        self.post_of(id).is_some()
    }

    /// The post that waits for the answer to this letter.
    fn post_of(&self, id: LetterId) -> Option<&Post> {
        let index = self.index_of(id.activation)?;
        let mut posts = self.activations[index].posts.iter();
        posts.find(|it| it.step == id.step && it.due.is_none() && it.letter == id.number)
    }

    fn index_of(&self, activation: Uuid) -> Option<ActivationIndex> {
        self.activations.binary_search_by_key(&activation, |it| it.id).ok()
    }

    /// Books what became of the post of a step that is under way.
    pub(super) fn book(&mut self, activation: Uuid, step: usize, outcome: Outcome) {
        let Some(index) = self.index_of(activation) else { return };
        let posts = &self.activations[index].posts;
        let Some(place) = posts.iter().position(|it| it.step == step && it.due.is_none()) else {
            return;
        };
        self.record(|| Command::Posted(activation, step, outcome));
        self.happened(index, Moment::Posted(step, outcome));
        let Post { attempts, is_last, .. } = self.activations[index].posts[place];
        let wait = RETRIES.get(attempts - 1).filter(|_| !is_last);
        let at = wait.and_then(|wait| self.now.checked_add(*wait).ok());
        match at {
            Some(at) if !outcome.is_success() => {
                let due = self.enqueue(at, Due::Post(index, step));
                self.activations[index].posts[place].due = Some(due);
            }
            _ => {
                self.activations[index].posts.remove(place);
                if !outcome.is_success() {
                    self.happened(index, Moment::PostFailed(step));
                }
            }
        }
    }

    /// Does not post at all what was canceled before it went.
    pub(super) fn withdraw(&mut self, activation: Uuid, step: usize) {
        let Some(index) = self.index_of(activation) else { return };
        let posts = &mut self.activations[index].posts;
        let Some(place) = posts.iter().position(|it| it.step == step && it.is_last) else { return };
        posts.remove(place);
        self.record(|| Command::Withdraw(activation, step));
        self.happened(index, Moment::PostStopped(step));
    }

    /// Posts for the first time.
    pub(super) fn post(&mut self, index: ActivationIndex, step: usize) {
        let post = Post { step, attempts: 0, due: None, is_last: false, letter: 0 };
        self.activations[index].posts.push(post);
        self.post_again(index, step);
    }

    pub(super) fn post_again(&mut self, index: ActivationIndex, step: usize) {
        let activation = &mut self.activations[index];
        let Some(post) = activation.posts.iter_mut().find(|it| it.step == step) else { return };
        post.attempts += 1;
        post.due = None;
        post.letter = self.written;
        self.letters.push(LetterId { activation: activation.id, step, number: self.written });
        self.written += 1;
    }

    /// Has what is under way posted once more, where it is not known what became of it.
    pub(crate) fn resume_posts(&mut self) {
        for activation in &mut self.activations {
            for post in activation.posts.iter_mut().filter(|it| it.due.is_none()) {
                post.letter = self.written;
                let (activation, step) = (activation.id, post.step);
                self.letters.push(LetterId { activation, step, number: self.written });
                self.written += 1;
            }
        }
    }

    /// Tries no post of an activation again: whether there was one that would have been.
    pub(super) fn stop_posts(&mut self, index: ActivationIndex) -> bool {
        let posts = std::mem::take(&mut self.activations[index].posts);
        let is_any = posts.iter().any(|it| !it.is_last);
        for mut post in posts {
            match post.due {
                Some(place) => {
                    self.due.remove(&place);
                    self.happened(index, Moment::PostStopped(post.step));
                }
                // What is under way cannot be called back; what is about to go stays.
                None => {
                    post.is_last = true;
                    self.activations[index].posts.push(post);
                }
            }
        }
        is_any
    }
}

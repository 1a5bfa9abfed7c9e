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
    pub(super) step: usize,
    /// How often it was tried, now included.
    pub(super) attempts: usize,
    /// Its place in the queue, while it waits.
    pub(super) due: Option<(Timestamp, u64)>,
    /// Its event was canceled: it is not tried again.
    pub(super) is_last: bool,
}

/// What is to be posted now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Letter {
    pub(crate) activation: Uuid,
    /// The automation's step.
    pub(crate) step: usize,
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

impl Post {
    /// When it is tried again, if it waits for that.
    pub(super) fn due(&self) -> Option<Timestamp> {
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
    pub(crate) fn take_letters(&mut self) -> Vec<Letter> {
        std::mem::take(&mut self.letters)
    }

    pub(crate) fn count_letters(&self) -> usize {
        self.letters.len()
    }

    /// Tells what became of a letter. One that nobody waits for any more changes nothing.
    pub(crate) fn posted(&mut self, activation: Uuid, step: usize, outcome: Outcome) {
        let Ok(index) = self.activations.binary_search_by_key(&activation, |it| it.id) else {
            return;
        };
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

    /// Posts for the first time.
    pub(super) fn post(&mut self, index: ActivationIndex, step: usize) {
        let post = Post { step, attempts: 0, due: None, is_last: false };
        self.activations[index].posts.push(post);
        self.post_again(index, step);
    }

    pub(super) fn post_again(&mut self, index: ActivationIndex, step: usize) {
        let activation = &mut self.activations[index];
        let Some(post) = activation.posts.iter_mut().find(|it| it.step == step) else { return };
        post.attempts += 1;
        post.due = None;
        self.write_letter(index, step);
    }

    /// Has what is under way posted once more, where it is not known what became of it.
    pub(crate) fn resume_posts(&mut self) {
        for index in 0..self.activations.len() {
            let posts = self.activations[index].posts.iter();
            let under_way: Vec<_> = posts.filter(|it| it.due.is_none()).map(|it| it.step).collect();
            for step in under_way {
                self.write_letter(index, step);
            }
        }
    }

    fn write_letter(&mut self, index: ActivationIndex, step: usize) {
        let activation = &self.activations[index];
        let steps = &self.automations[activation.automation].steps;
        let Some(Step::Action(action)) = steps.get(step) else { return };
        let Some(to) = action.post.clone() else { return };
        let Some(post) = activation.posts.iter().find(|it| it.step == step) else { return };
        let event = &self.events[activation.event];
        self.letters.push(Letter {
            activation: activation.id,
            step,
            attempt: post.attempts,
            to,
            trigger_key: self.triggers[event.trigger].key().to_owned(),
            payload: event.payload.clone(),
        });
    }

    /// Tries no post of an activation again: whether there was one.
    pub(super) fn stop_posts(&mut self, index: ActivationIndex) -> bool {
        let posts = std::mem::take(&mut self.activations[index].posts);
        let is_any = !posts.is_empty();
        for mut post in posts {
            match post.due {
                Some(place) => {
                    self.due.remove(&place);
                    self.happened(index, Moment::PostStopped(post.step));
                }
                // What is under way cannot be called back.
                None => {
                    post.is_last = true;
                    self.activations[index].posts.push(post);
                }
            }
        }
        is_any
    }
}

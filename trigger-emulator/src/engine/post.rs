//! Actions that post their event's payload.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::letter::{Content, Letter, Outcome, Sending, Subject};
use super::{ActivationIndex, Command, Engine, Moment, Step};

/// An action's post that is under way, or waits to be tried again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Post {
    /// The automation's step.
    pub(crate) step: usize,
    #[serde(flatten)]
    pub(crate) sending: Sending,
    /// Its event was canceled: it is not tried again.
    pub(super) is_last: bool,
}

impl Engine {
    pub(super) fn open_post(&mut self, activation: Uuid, step: usize) -> Option<Letter> {
        let index = self.activation_of(activation)?;
        let activation = &self.activations[index];
        let post = activation.posts.iter().find(|it| it.step == step)?;
        if post.is_last {
            self.withdraw(activation.id, step);
            return None;
        }
        let action = match self.automations[activation.automation].steps.get(step)? {
            Step::Action(action) => action,
            Step::Delay(_) => return None,
        };
        let event = &self.events[activation.event];
        let content = Content::Payload {
            activation: activation.id,
            trigger_key: self.triggers[event.trigger].key().to_owned(),
            payload: event.payload.clone(),
        };
        Some(Letter { attempt: post.sending.attempts, to: action.post.clone()?, content })
    }

    /// The place of the activation of this id.
    pub(super) fn activation_of(&self, id: Uuid) -> Option<ActivationIndex> {
        self.activations.binary_search_by_key(&id, |it| it.id).ok()
    }

    /// Books what became of the post of a step that is under way.
    pub(super) fn book_post(&mut self, activation: Uuid, step: usize, outcome: Outcome) {
        let Some(index) = self.activation_of(activation) else { return };
        let posts = &self.activations[index].posts;
        let is_it = |it: &Post| it.step == step && it.sending.due.is_none();
        let Some(place) = posts.iter().position(is_it) else { return };
        let is_taken = matches!(outcome, Outcome::Answered(200..=299));
        let post = &posts[place];
        let again = post.sending.retry_at(self.now).filter(|_| !post.is_last && !is_taken);
        self.record(|| Command::Posted(activation, step, outcome));
        self.happened(index, Moment::Posted(step, outcome));
        if let Some(at) = again {
            let due = self.send_at(at, Subject::Post(activation, step));
            self.activations[index].posts[place].sending.due = Some(due);
            return;
        }
        self.activations[index].posts.remove(place);
        if !is_taken {
            self.happened(index, Moment::PostFailed(step));
        }
    }

    /// Does not post at all what was canceled before it went.
    pub(super) fn withdraw(&mut self, activation: Uuid, step: usize) {
        let Some(index) = self.activation_of(activation) else { return };
        let posts = &mut self.activations[index].posts;
        let Some(place) = posts.iter().position(|it| it.step == step && it.is_last) else { return };
        posts.remove(place);
        self.record(|| Command::Withdraw(activation, step));
        self.happened(index, Moment::PostStopped(step));
    }

    /// Posts for the first time.
    pub(super) fn post(&mut self, index: ActivationIndex, step: usize) {
        let post = Post { step, sending: Sending::new(), is_last: false };
        self.activations[index].posts.push(post);
        self.send(Subject::Post(self.activations[index].id, step));
    }

    /// Tries no post of an activation again: whether there was one that would have been.
    pub(super) fn stop_posts(&mut self, index: ActivationIndex) -> bool {
        let posts = std::mem::take(&mut self.activations[index].posts);
        let is_any = posts.iter().any(|it| !it.is_last);
        for mut post in posts {
            match post.sending.due {
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
